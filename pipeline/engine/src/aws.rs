//! AWS client configuration, from the standard variables and files.
