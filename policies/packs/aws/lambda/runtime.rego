# METADATA
# scope: package
# title: A function runs on a runtime that is looked after
# description: >-
#   A runtime past its end gets no more security patches; later the function cannot be changed any more, not
#   even to mend it.
# related_resources:
#   - https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
# custom:
#   id: WL-AWS-LAMBDA-006
#   remedy: |-
#     In Terraform:
#       runtime = "python3.13"
#     In CloudFormation:
#       Runtime: python3.13
#   severity: medium
#   category: Infrastructure Security
#   frameworks:
#     aws-fsbp: ["Lambda.2"]
#     checkov: ["CKV_AWS_363"]
#   parameters:
#     deprecated:
#       default: ["dotnet5.0", "dotnet6", "dotnet7", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "go1.x", "java8", "nodejs", "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "provided", "python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "ruby2.5", "ruby2.7"]
#       description: Runtimes past the end of their support.
#   engines: [terraform, cloudformation]
package wayleave.aws.lambda.runtime

import data.wayleave.lib.resource

deny contains {"address": it.address, "message": message} if {
	some it in input.resources.aws_lambda_function
	found := resource.value(it, "runtime")
	found in data.parameters["WL-AWS-LAMBDA-006"].deprecated
	message := sprintf("the runtime %s is not looked after any more", [found])
}
