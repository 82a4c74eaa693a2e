stages = {
  test = {
    readers = ["111111111111", "222222222222"]
  }
  live = {
    days    = 90
    tags    = { tier = 1 }
    readers = ["222222222222"]
  }
  demo = {
    days   = 0
    public = true
  }
}
