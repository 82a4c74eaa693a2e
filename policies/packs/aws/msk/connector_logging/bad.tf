resource "aws_mskconnect_connector" "copy" {
  name                       = "copy"
  kafkaconnect_version       = "3.7.x"
  service_execution_role_arn = "arn:aws:iam::222222222222:role/copy"
  connector_configuration    = { "connector.class" = "com.example.Copy" }
  capacity {
    provisioned_capacity {
      worker_count = 2
    }
  }
  kafka_cluster {
    apache_kafka_cluster {
      bootstrap_servers = "b-1.example.com:9094"
      vpc {
        security_groups = ["sg-0123456789abcdef0"]
        subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
      }
    }
  }
  kafka_cluster_client_authentication {
    authentication_type = "IAM"
  }
  plugin {
    custom_plugin {
      arn      = "arn:aws:kafkaconnect:eu-west-1:222222222222:custom-plugin/copy/a"
      revision = 1
    }
  }
  kafka_cluster_encryption_in_transit {
    encryption_type = "TLS"
  }
}
