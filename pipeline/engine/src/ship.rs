//! From the stream to the index.
