//! What starts a function or a state machine.

use serde_json::{Map, Value, json};

use super::{Made, Own, api, policies, same};
use crate::marker;

/// Makes what each event stands for; `service` is `lambda` or `states`.
pub(super) fn all(own: &Own<'_>, service: &str, made: &mut Made) {
    let Some(Value::Object(events)) = own.get("Events").filter(|events| !marker::is_unknown(events)) else {
        return;
    };
    for (name, event) in events {
        let Some(kind) = event.get("Type").and_then(Value::as_str) else { continue };
        let empty = Value::Object(Map::new());
        let properties = event.get("Properties").unwrap_or(&empty);
        let event = Event { own, service, name: format!("{}{name}", own.name), properties };
        event.make(kind, made);
    }
}

/// One event of a resource.
struct Event<'a> {
    own: &'a Own<'a>,
    service: &'a str,
    /// The name of what it makes.
    name: String,
    properties: &'a Value,
}

impl Event<'_> {
    fn make(&self, kind: &str, made: &mut Made) {
        match kind {
            "Api" => self.api("RestApiId", "ServerlessRestApi", api::implicit_rest, made),
            "HttpApi" => self.api("ApiId", "ServerlessHttpApi", api::implicit_http, made),
            "S3" => self.permission("s3.amazonaws.com", Some(&marker::unknown([])), made),
            "SNS" => self.topic(made),
            "SQS" | "Kinesis" | "DynamoDB" | "MSK" | "MQ" | "SelfManagedKafka" | "DocumentDB" => {
                self.source(kind, made);
            }
            "Schedule" | "EventBridgeRule" | "CloudWatchEvent" => self.rule(made),
            "ScheduleV2" => self.schedule(made),
            "CloudWatchLogs" => self.logs(made),
            "IoTRule" => self.iot(made),
            "AlexaSkill" => self.permission("alexa-appkit.amazon.com", None, made),
            "Cognito" => self.permission("cognito-idp.amazonaws.com", self.get("UserPool"), made),
            _ => {}
        }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        if marker::is_unknown(self.properties) { Some(self.properties) } else { self.properties.get(key) }
    }

    /// Who may call the function; a state machine is started by a role instead.
    fn permission(&self, principal: &str, source: Option<&Value>, made: &mut Made) {
        if self.service != "lambda" {
            let name = format!("{}Role", self.name);
            let role = json!({ "AssumeRolePolicyDocument": policies::trust(principal), "Policies": marker::unknown([self.own.name.to_owned()]) });
            return made.add(name, "AWS::IAM::Role", role);
        }
        let values = json!({
            "Action": "lambda:InvokeFunction", "FunctionName": self.own.this(), "Principal": principal,
            "SourceArn": source, "EventSourceToken": self.get("SkillId").filter(|_| principal.starts_with("alexa")),
        });
        made.add(format!("{}Permission", self.name), "AWS::Lambda::Permission", values);
    }

    fn api(&self, key: &str, implicit: &str, make: fn(&mut Made), made: &mut Made) {
        let api = self.get(key).cloned();
        if api.is_none() {
            make(made);
        }
        let source = api.unwrap_or_else(|| Own::reference(implicit));
        self.permission("apigateway.amazonaws.com", Some(&source), made);
    }

    fn topic(&self, made: &mut Made) {
        let values = json!({
            "TopicArn": self.get("Topic"), "Protocol": "lambda", "Endpoint": self.own.this(),
            "FilterPolicy": self.get("FilterPolicy"), "Region": self.get("Region"),
        });
        made.add(self.name.clone(), "AWS::SNS::Subscription", values);
        self.permission("sns.amazonaws.com", self.get("Topic"), made);
    }

    fn source(&self, kind: &str, made: &mut Made) {
        let names = same([
            "BatchSize",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "Enabled",
            "FilterCriteria",
            "FunctionResponseTypes",
            "KmsKeyArn",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "ParallelizationFactor",
            "Queues",
            "ScalingConfig",
            "SourceAccessConfigurations",
            "StartingPosition",
            "Topics",
            "TumblingWindowInSeconds",
        ]);
        let copied = names.iter().filter_map(|(name, _)| Some(((*name).to_owned(), self.get(name)?.clone())));
        let mut values: Map<String, Value> = copied.collect();
        let source = match kind {
            "SQS" => "Queue",
            "MQ" => "Broker",
            "DocumentDB" => "Cluster",
            _ => "Stream",
        };
        let arn = self.get(source).or_else(|| self.get("Stream")).cloned().unwrap_or_default();
        values.insert("EventSourceArn".into(), arn);
        values.insert("FunctionName".into(), self.own.this());
        made.add(self.name.clone(), "AWS::Lambda::EventSourceMapping", values.into());
    }

    fn rule(&self, made: &mut Made) {
        let state = match self.get("Enabled") {
            Some(Value::Bool(false)) => Some(Value::from("DISABLED")),
            _ => self.get("State").cloned(),
        };
        let target = json!({
            "Arn": self.own.this(), "Id": format!("{}Target", self.name), "DeadLetterConfig": self.get("DeadLetterConfig"),
            "Input": self.get("Input"),
        });
        let values = json!({
            "ScheduleExpression": self.get("Schedule"), "EventPattern": self.get("Pattern"),
            "EventBusName": self.get("EventBusName"), "Name": self.get("Name").or_else(|| self.get("RuleName")),
            "Description": self.get("Description"), "State": state, "Targets": [target],
        });
        made.add(self.name.clone(), "AWS::Events::Rule", values);
        self.permission("events.amazonaws.com", Some(&Own::reference(&self.name)), made);
    }

    fn schedule(&self, made: &mut Made) {
        let role = format!("{}Role", self.name);
        let arn = self.get("RoleArn").cloned().unwrap_or_else(|| Own::reference(&role));
        let values = json!({
            "ScheduleExpression": self.get("ScheduleExpression"), "Name": self.get("Name"),
            "FlexibleTimeWindow": self.get("FlexibleTimeWindow").cloned().unwrap_or_else(|| json!({ "Mode": "OFF" })),
            "KmsKeyArn": self.get("KmsKeyArn"), "GroupName": self.get("GroupName"), "State": self.get("State"),
            "Target": { "Arn": self.own.this(), "RoleArn": arn },
        });
        made.add(self.name.clone(), "AWS::Scheduler::Schedule", values);
        if self.get("RoleArn").is_none() {
            let document = json!({ "Statement": [{
                "Effect": "Allow", "Action": if self.service == "lambda" { "lambda:InvokeFunction" } else { "states:StartExecution" },
                "Resource": self.own.this(),
            }]});
            let values = json!({
                "AssumeRolePolicyDocument": policies::trust("scheduler.amazonaws.com"),
                "Policies": [{ "PolicyName": format!("{role}Policy"), "PolicyDocument": document }],
            });
            made.add(role, "AWS::IAM::Role", values);
        }
    }

    fn iot(&self, made: &mut Made) {
        let action = json!({ "Lambda": { "FunctionArn": self.own.this() } });
        let payload = json!({ "Sql": self.get("Sql"), "RuleDisabled": false, "Actions": [action] });
        made.add(self.name.clone(), "AWS::IoT::TopicRule", json!({ "TopicRulePayload": payload }));
        self.permission("iot.amazonaws.com", Some(&Own::reference(&self.name)), made);
    }

    fn logs(&self, made: &mut Made) {
        let values = json!({
            "LogGroupName": self.get("LogGroupName"), "FilterPattern": self.get("FilterPattern"),
            "DestinationArn": self.own.this(),
        });
        made.add(self.name.clone(), "AWS::Logs::SubscriptionFilter", values);
        self.permission("logs.amazonaws.com", Some(&marker::unknown([])), made);
    }
}
