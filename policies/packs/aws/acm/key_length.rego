# METADATA
# scope: package
# title: A certificate has a key that holds
# description: >-
#   RSA keys of 1,024 bits can be broken.
# related_resources:
#   - https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate.html
# custom:
#   id: WL-AWS-ACM-003
#   remedy: |-
#     In Terraform:
#       key_algorithm = "RSA_2048"
#     In CloudFormation:
#       KeyAlgorithm: RSA_2048
#   severity: high
#   category: Data Protection
#   frameworks:
#     aws-fsbp: ["ACM.2"]
#   engines: [terraform, cloudformation]
package wayleave.aws.acm.key_length

import data.wayleave.lib.resource

deny contains {"address": certificate.address, "message": message} if {
	some certificate in resource.of_types(["aws_acm_certificate", "aws_acmpca_certificate_authority"])
	some algorithm in algorithms(certificate)
	algorithm in {"RSA_1024", "RSA_512"}
	message := sprintf("the key is %s", [algorithm])
}

algorithms(certificate) := {algorithm |
	some path in ["key_algorithm", "certificate_authority_configuration.0.key_algorithm"]
	algorithm := resource.value(certificate, path)
}
