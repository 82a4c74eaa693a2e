terraform {
  required_providers {
    shell = {
      source  = "somebody/shell"
      version = "1.7.10"
    }
  }
}
