//! CloudFormation: change sets created, read, executed, and followed to their end.
