//! Where audit records are searched: Elasticsearch, OpenSearch, or the embedded index.
