resource "aws_ebs_snapshot_block_public_access" "all" {
  state = "block-all-sharing"
}
