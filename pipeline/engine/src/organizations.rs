//! AWS Organizations: accounts, organizational units and tags, paged and cached.
