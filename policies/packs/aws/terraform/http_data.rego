# METADATA
# scope: package
# title: A plan does not depend on what a web page says
# description: >-
#   A data source of the type http asks a server while the change is planned. Whoever controls the server controls the plan,
#   and whoever controls the code can send the server what the pipeline knows.
# related_resources:
#   - https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
# custom:
#   id: WL-TF-004
#   remedy: |-
#     Keep the answer in the repository, or ask AWS for it:
#       data "aws_ip_ranges" "cloudfront" {
#         services = ["cloudfront"]
#       }
#   severity: medium
#   category: Supply Chain
#   engines: [terraform]
package wayleave.aws.terraform.http_data

deny contains {"address": source.address, "message": sprintf("planning asks %s", [object.get(source.values, "url", "a server that is not known")])} if {
	some source in input.data.http
}
