resource "terraform_data" "agent" {
  connection {
    type = "ssh"
    host = "10.0.0.4"
    user = "ec2-user"
  }

  provisioner "remote-exec" {
    inline = ["sudo yum install -y agent"]
  }
}
