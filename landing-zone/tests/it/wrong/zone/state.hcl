organization {
  management_account = "111111111111"
  region             = "ap-northeast-2"
}
state { bucket = "State_${account.id}" }
