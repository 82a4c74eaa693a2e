resource "aws_ecs_task_definition" "shop" {
  family             = "shop"
  network_mode       = "awsvpc"
  execution_role_arn = "arn:aws:iam::222222222222:role/execution"
  task_role_arn      = "arn:aws:iam::222222222222:role/shop"
  container_definitions = jsonencode([{
    name                   = "shop"
    image                  = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/shop:1.2.3"
    readonlyRootFilesystem = true
  }])
}
