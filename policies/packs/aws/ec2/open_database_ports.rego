# METADATA
# scope: package
# title: Ports of databases are not open to the internet
# description: >-
#   A database that answers the internet is found by scanners; many of them have been emptied and held to ransom because of
#   one weak password.
# related_resources:
#   - https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
# custom:
#   id: WL-AWS-EC2-004
#   remedy: |-
#     Let in only the addresses that are meant:
#       cidr_ipv4 = "10.0.0.0/8"
#     In CloudFormation: CidrIp: 10.0.0.0/8.
#   severity: high
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["EC2.18", "EC2.19"]
#     terrascan:
#       - AC_AWS_0234
#       - AC_AWS_0235
#       - AC_AWS_0238
#       - AC_AWS_0239
#       - AC_AWS_0240
#       - AC_AWS_0243
#       - AC_AWS_0244
#       - AC_AWS_0245
#       - AC_AWS_0247
#       - AC_AWS_0248
#       - AC_AWS_0249
#       - AC_AWS_0250
#       - AC_AWS_0251
#       - AC_AWS_0252
#       - AC_AWS_0253
#       - AC_AWS_0260
#       - AC_AWS_0261
#       - AC_AWS_0262
#       - AC_AWS_0263
#       - AC_AWS_0267
#       - AC_AWS_0268
#       - AC_AWS_0270
#       - AC_AWS_0274
#   parameters:
#     ports:
#       description: Ports that are looked for, with the name of what listens there.
#       default:
#         tcp/636: LDAP
#         tcp/1433: SQL Server
#         tcp/1434: SQL Server
#         udp/1434: SQL Server
#         tcp/1521: Oracle
#         tcp/2181: ZooKeeper
#         tcp/2382: SQL Server Analysis
#         tcp/2383: SQL Server Analysis
#         tcp/2484: Oracle
#         udp/2484: Oracle
#         tcp/3306: MySQL
#         tcp/4333: mSQL
#         tcp/5432: PostgreSQL
#         udp/5432: PostgreSQL
#         tcp/5439: Redshift
#         tcp/5601: Kibana
#         tcp/6379: Redis
#         tcp/7001: Cassandra
#         tcp/9000: Hadoop
#         tcp/9042: Cassandra
#         tcp/9092: Kafka
#         tcp/9200: OpenSearch
#         tcp/9300: OpenSearch
#         tcp/11211: Memcached
#         udp/11211: Memcached
#         tcp/11214: Memcached
#         udp/11214: Memcached
#         tcp/11215: Memcached
#         udp/11215: Memcached
#         tcp/27017: MongoDB
#         tcp/27018: MongoDB
#         tcp/27019: MongoDB
#         tcp/61621: Cassandra OpsCenter
#   engines: [terraform, cloudformation]
package wayleave.aws.ec2.open_database_ports

import data.wayleave.lib.ports

deny contains found if some found in ports.open_to_world(data.parameters["WL-AWS-EC2-004"].ports)
