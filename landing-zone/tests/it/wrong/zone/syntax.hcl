organization {
  management_account = "111111111111"
  region = "ap-northeast-2
}
