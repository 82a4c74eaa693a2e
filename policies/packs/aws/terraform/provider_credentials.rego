# METADATA
# scope: package
# title: Providers have no credentials in the code
# description: >-
#   A key in a provider block is in the history of the repository, in every copy of it, and often in logs. It does not
#   expire.
# related_resources:
#   - https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
# custom:
#   id: WL-TF-009
#   remedy: |-
#     Leave the credentials out; the pipeline assumes a role:
#       provider "aws" {
#         region = "ap-northeast-2"
#       }
#     Take the key that was written out of use at once.
#   severity: high
#   category: Identity and Access Management
#   frameworks:
#     checkov: ["CKV_AWS_41"]
#   engines: [terraform]
package wayleave.aws.terraform.provider_credentials

attributes := {"access_key", "secret_key", "token", "password", "api_key", "api_token", "client_secret", "private_key"}

deny contains {"address": provider.address, "message": sprintf("%s is written in the code", [attribute])} if {
	some provider in input.providers
	some attribute, value in provider.values
	attribute in attributes
	is_string(value)
	is_secret(value)
}

# Stand-ins for emulators and tests.
is_secret(value) if not lower(value) in {"", "test", "fake", "mock", "mock_access_key", "mock_secret_key", "foo", "dummy", "localstack"}
