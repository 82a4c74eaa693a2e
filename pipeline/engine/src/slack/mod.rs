//! Slack: its Web API and the message of a run.
