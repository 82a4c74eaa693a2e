//! SAM templates.

use serde_json::{Value, json};

use super::{resources, text_of};

/// `address type` of everything, and the values of one.
fn made(text: &str) -> Vec<(String, Value)> {
    let text = format!("Transform: AWS::Serverless-2016-10-31\n{text}");
    let shown = resources(&text, &[]);
    shown
        .iter()
        .map(|r| (format!("{} {}", text_of(r, "address"), text_of(r, "type")), r["values"].clone()))
        .collect()
}

fn names(made: &[(String, Value)]) -> Vec<&str> {
    made.iter().map(|(name, _)| name.as_str()).collect()
}

fn values<'m>(made: &'m [(String, Value)], name: &str) -> &'m Value {
    &made.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("{name} in {made:#?}")).1
}

/// A function with most of what it can have, and another one on the same API.
const FUNCTIONS: &str = "\
Globals:
  Function: {Runtime: python3.8, Environment: {Variables: {A: a}}, VpcConfig: {SecurityGroupIds: [g]}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://b/k/x.zip
      Tracing: Active
      Environment: {Variables: {B: b}}
      VpcConfig: {SecurityGroupIds: [h]}
      Tags: {t: v}
      AutoPublishAlias: live
      FunctionUrlConfig: {AuthType: NONE}
      Policies:
        - AmazonS3FullAccess
        - S3ReadPolicy: {BucketName: data}
        - DynamoDBCrudPolicy: {TableName: !Ref T}
        - Statement: [{Effect: Allow, Action: '*', Resource: '*'}]
      Events:
        Q: {Type: SQS, Properties: {Queue: q, BatchSize: 5}}
        N: {Type: SNS, Properties: {Topic: t}}
        R: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        A: {Type: Api, Properties: {Path: /, Method: get}}
        H: {Type: HttpApi}
        S: {Type: S3, Properties: {Bucket: !Ref B}}
  G:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: x, Role: r, Events: {A: {Type: Api, Properties: {Path: /, Method: get}}}}
";

#[test]
fn a_function_and_what_comes_with_it() {
    let made = made(FUNCTIONS);
    assert_eq!(
        names(&made),
        [
            "F aws_lambda_function",
            "FAPermission aws_lambda_permission",
            "FAliaslive aws_lambda_alias",
            "FHPermission aws_lambda_permission",
            "FN aws_sns_topic_subscription",
            "FNPermission aws_lambda_permission",
            "FQ aws_lambda_event_source_mapping",
            "FR aws_cloudwatch_event_rule",
            "FR aws_cloudwatch_event_target",
            "FRPermission aws_lambda_permission",
            "FRole aws_iam_role",
            "FSPermission aws_lambda_permission",
            "FURLInvokeAllowPublicAccess aws_lambda_permission",
            "FUrl aws_lambda_function_url",
            "FUrlPublicPermissions aws_lambda_permission",
            "FVersion AWS::Lambda::Version",
            "G aws_lambda_function",
            "GAPermission aws_lambda_permission",
            "ServerlessHttpApi aws_apigatewayv2_api",
            "ServerlessHttpApiApiGatewayDefaultStage aws_apigatewayv2_stage",
            "ServerlessRestApi aws_api_gateway_rest_api",
            "ServerlessRestApiDeployment aws_api_gateway_deployment",
            "ServerlessRestApiProdStage aws_api_gateway_stage",
        ]
    );
    assert_eq!(
        values(&made, "F aws_lambda_function"),
        &json!({"runtime": "python3.8", "environment": [{"variables": {"A": "a", "B": "b"}}], "s3_bucket": "b", "s3_key": "k/x.zip",
            "vpc_config": [{"security_group_ids": ["g", "h"]}], "tracing_config": [{"mode": "Active"}], "tags": {"t": "v"}})
    );
    let role = values(&made, "FRole aws_iam_role");
    assert_eq!(
        role["managed_policy_arns"],
        json!([
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
            "arn:aws:iam::aws:policy/AmazonS3FullAccess"
        ])
    );
    assert_eq!(
        role["inline_policy"][0]["policy"]["Statement"][0]["Resource"],
        json!(["arn:aws:s3:::data", "arn:aws:s3:::data/*"])
    );
    assert_eq!(role["inline_policy"][1]["policy"]["Statement"][0]["Resource"][0], Value::Null);
    assert_eq!(role["inline_policy"][2]["policy"]["Statement"][0]["Action"], "*");
    assert_eq!(values(&made, "FUrlPublicPermissions aws_lambda_permission")["principal"], "*");
}

#[test]
fn the_other_types() {
    let made = made(
        "\
Resources:
  A: {Type: AWS::Serverless::Api, Properties: {StageName: v1, TracingEnabled: true, EndpointConfiguration: PRIVATE, AccessLogSetting: {DestinationArn: d}, MethodSettings: [{HttpMethod: '*', ResourcePath: '/*', LoggingLevel: INFO}]}}
  H: {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: true}}
  T: {Type: AWS::Serverless::SimpleTable, Properties: {SSESpecification: {SSEEnabled: true}, Tags: {a: b}}}
  S: {Type: AWS::Serverless::StateMachine, Properties: {Type: EXPRESS, Tracing: {Enabled: true}, Policies: [LambdaInvokePolicy: {FunctionName: f}]}}
  L: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: {Bucket: b, Key: k}}}
  P: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: i}}}
  C: {Type: AWS::Serverless::Connector, Properties: {}}
  Q: {Type: AWS::Serverless::GraphQLApi, Properties: {Auth: {Type: API_KEY}}}
  X: {Type: AWS::Serverless::Future, Properties: {K: v}}
",
    );
    assert_eq!(
        names(&made),
        [
            "A aws_api_gateway_rest_api",
            "ADeployment aws_api_gateway_deployment",
            "Av1Stage aws_api_gateway_method_settings",
            "Av1Stage aws_api_gateway_stage",
            "CPolicy aws_iam_policy",
            "CPolicy aws_iam_policy_attachment",
            "H aws_apigatewayv2_api",
            "HApiGatewayDefaultStage aws_apigatewayv2_stage",
            "L aws_lambda_layer_version",
            "P aws_cloudformation_stack",
            "Q aws_appsync_graphql_api",
            "QSchema AWS::AppSync::GraphQLSchema",
            "S aws_sfn_state_machine",
            "SRole aws_iam_role",
            "T aws_dynamodb_table",
            "X AWS::Serverless::Future",
        ]
    );
    assert_eq!(
        values(&made, "A aws_api_gateway_rest_api")["endpoint_configuration"],
        json!([{"types": ["PRIVATE"]}])
    );
    assert_eq!(
        values(&made, "T aws_dynamodb_table"),
        &json!({"server_side_encryption": [{"enabled": true}], "hash_key": "id", "attribute": [{"name": "id", "type": "S"}],
            "billing_mode": "PAY_PER_REQUEST", "tags": {"a": "b"}})
    );
    assert_eq!(values(&made, "X AWS::Serverless::Future"), &json!({"K": "v"}));
}
