resource "aws_ecs_task_definition" "app" {
  family = "app"
  container_definitions = jsonencode([{ name = "app", image = "app:1", readonlyRootFilesystem = true, logConfiguration = { logDriver = "awslogs" } }])
  task_role_arn      = "arn:aws:iam::222222222222:role/app"
  execution_role_arn = "arn:aws:iam::222222222222:role/start"
}
