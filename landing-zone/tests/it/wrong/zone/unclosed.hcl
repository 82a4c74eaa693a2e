organization {
  management_account = "111111111111"
