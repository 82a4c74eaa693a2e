//! The actions, each with the refusals of the real service.

use std::collections::BTreeMap;

use serde_json::Value;

use super::execution::{advance, rollback, steps};
use super::model::{ChangeSet, Source, Stack, World, difference};
use super::wire::{Refusal, element, list, optional, page};
use super::{Fields, Script};

const ACCOUNT: &str = "222222222222";
const REGION: &str = "ap-northeast-2";
const NOW: &str = "2026-11-23T01:02:03Z";

type Answer = Result<String, Refusal>;

pub(super) fn perform(world: &mut World, action: &str, fields: &Fields) -> Answer {
    match action {
        "CreateChangeSet" => create_change_set(world, fields),
        "DescribeChangeSet" => describe_change_set(world, fields),
        "ExecuteChangeSet" => execute_change_set(world, fields),
        "DeleteChangeSet" => delete_change_set(world, fields),
        "ListChangeSets" => list_change_sets(world, fields),
        "DescribeStacks" => describe_stacks(world, fields),
        "DescribeStackEvents" => describe_stack_events(world, fields),
        "ListStackResources" => list_stack_resources(world, fields),
        "GetTemplate" => get_template(world, fields),
        "GetTemplateSummary" => get_template_summary(fields),
        "DeleteStack" => delete_stack(world, fields),
        "CancelUpdateStack" => cancel_update_stack(world, fields),
        "ContinueUpdateRollback" => continue_update_rollback(world, fields),
        "DescribeEvents" => Ok(list("OperationEvents", [])),
        _ => Err(Refusal::new(
            "InvalidAction",
            format!("Could not find operation {action} for version 2010-05-15"),
        )),
    }
}

fn field<'a>(fields: &'a Fields, name: &str) -> Result<&'a String, Refusal> {
    let missing = || {
        Refusal::validation(format!(
            "1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null"
        ))
    };
    fields.get(name).filter(|value| !value.is_empty()).ok_or_else(missing)
}

/// A list of the query protocol: `Name.member.1`, `Name.member.2`, … with a suffix.
fn members<'a>(fields: &'a Fields, name: &'a str, suffix: &'a str) -> impl Iterator<Item = &'a String> {
    (1..).map_while(move |number| fields.get(&format!("{name}.member.{number}{suffix}")))
}

fn pairs(fields: &Fields, name: &str, key: &str, value: &str) -> BTreeMap<String, String> {
    members(fields, name, key).cloned().zip(members(fields, name, value).cloned()).collect()
}

fn parse(text: &str) -> Result<Value, Refusal> {
    if text.len() > 51_200 {
        return Err(Refusal::validation(
            "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: \
             Member must have length less than or equal to 51200",
        ));
    }
    let template: Value = serde_json::from_str(text).map_err(|error| {
        Refusal::validation(format!(
            "Template format error: JSON not well-formed. (line {}, column {})",
            error.line(),
            error.column()
        ))
    })?;
    match template.get("Resources").and_then(Value::as_object) {
        Some(resources) if !resources.is_empty() => Ok(template),
        _ => {
            Err(Refusal::validation("Template format error: At least one Resources member must be defined."))
        }
    }
}

fn source(fields: &Fields) -> Result<Source, Refusal> {
    let text = field(fields, "TemplateBody")?.clone();
    let template = parse(&text)?;
    let given = pairs(fields, "Parameters", ".ParameterKey", ".ParameterValue");
    let mut parameters = BTreeMap::new();
    for (name, declared) in template.get("Parameters").and_then(Value::as_object).into_iter().flatten() {
        let default = declared.get("Default").and_then(Value::as_str).map(str::to_owned);
        let value = given.get(name).cloned().or(default);
        let missing = || Refusal::validation(format!("Parameters: [{name}] must have values"));
        parameters.insert(name.clone(), value.ok_or_else(missing)?);
    }
    if let Some(unknown) = given.keys().find(|name| !parameters.contains_key(*name)) {
        return Err(Refusal::validation(format!("Parameters: [{unknown}] do not exist in the template")));
    }
    Ok(Source { text, template, parameters, tags: pairs(fields, "Tags", ".Key", ".Value") })
}

fn check_capabilities(fields: &Fields, source: &Source) -> Result<(), Refusal> {
    let iam = source.resources(false).values().any(|resource| {
        resource.get("Type").and_then(Value::as_str).is_some_and(|kind| kind.starts_with("AWS::IAM::"))
    });
    let granted = members(fields, "Capabilities", "").any(|capability| capability == "CAPABILITY_NAMED_IAM");
    if !iam || granted {
        return Ok(());
    }
    Err(Refusal::new("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]"))
}

fn create_change_set(world: &mut World, fields: &Fields) -> Answer {
    let (name, stack_name) = (field(fields, "ChangeSetName")?.clone(), field(fields, "StackName")?.clone());
    let source = source(fields)?;
    check_capabilities(fields, &source)?;
    let update = fields.get("ChangeSetType").is_none_or(|kind| kind == "UPDATE");
    let stack_id = stack_for(world, &stack_name, &name, update)?;
    let token = fields.get("ClientToken").cloned();
    if let Some(there) = world.change_sets.iter().find(|set| set.stack_id == stack_id && set.name == name) {
        return match token.is_some() && there.token == token {
            true => Ok(element("Id", &there.id) + &element("StackId", &stack_id)),
            false => Err(Refusal::new("AlreadyExistsException", format!("ChangeSet {name} already exists"))),
        };
    }
    let id = format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:changeSet/{name}/{}", world.next_id());
    let script = world.script(&stack_name);
    let deployed = world.stack_mut(&stack_id)?.source.clone();
    let set = ChangeSet {
        id: id.clone(),
        name,
        stack_id: stack_id.clone(),
        token,
        update,
        status: "CREATE_PENDING".to_owned(),
        execution_status: "UNAVAILABLE".to_owned(),
        reason: None,
        changes: difference(&deployed, &source, &script),
        source,
    };
    world.change_sets.push(set);
    Ok(element("Id", &id) + &element("StackId", &stack_id))
}

/// The stack that a change set is for: an existing one, or a new one in review.
fn stack_for(world: &mut World, name: &str, set: &str, update: bool) -> Result<String, Refusal> {
    let found =
        world.stack_mut(name).ok().map(|stack| (stack.id.clone(), stack.status.clone(), stack.is_busy()));
    match (found, update) {
        (None, true) => Err(Refusal::validation(format!("Stack [{name}] does not exist"))),
        (Some((id, status, _)), false) if status == "REVIEW_IN_PROGRESS" => Ok(id),
        (Some(_), false) => Err(Refusal::validation(format!(
            "Stack [{name}] already exists and cannot be created again with the changeSet [{set}]."
        ))),
        (Some((id, status, busy)), true) => {
            let fits = !busy
                && !matches!(
                    status.as_str(),
                    "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "UPDATE_ROLLBACK_FAILED" | "REVIEW_IN_PROGRESS"
                );
            let refusal =
                || Refusal::validation(format!("Stack:{id} is in {status} state and can not be updated."));
            if fits { Ok(id.clone()) } else { Err(refusal()) }
        }
        (None, false) => Ok(new_stack(world, name)),
    }
}

fn new_stack(world: &mut World, name: &str) -> String {
    let id = format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/{}", world.next_id());
    let mut stack = Stack {
        id: id.clone(),
        name: name.to_owned(),
        status: String::new(),
        source: Source::default(),
        resources: BTreeMap::new(),
        events: Vec::new(),
        steps: std::collections::VecDeque::new(),
        running: None,
    };
    stack.come_to("REVIEW_IN_PROGRESS", Some("User Initiated".to_owned()));
    world.stacks.push(stack);
    id
}

fn describe_change_set(world: &mut World, fields: &Fields) -> Answer {
    let set = world.change_set_mut(fields)?.clone();
    let (deployed, name) = {
        let stack = world.stack_mut(&set.stack_id)?;
        (stack.source.clone(), stack.name.clone())
    };
    let script = world.script(&name);
    let live = world.change_set_mut(fields)?;
    // Its pages belong to one answer: only the first of them is a new question.
    if !fields.contains_key("NextToken") {
        mature(live, &deployed, &script);
    }
    let shown = if live.status == "CREATE_COMPLETE" { live.changes.as_slice() } else { &[] };
    let (changes, next) = page(shown, script.page, fields.get("NextToken"))?;
    let values = fields.get("IncludePropertyValues").is_some_and(|include| include == "true");
    let changes = changes.iter().map(|change| {
        let context = |name, text: &Option<String>| optional(name, text.as_deref().filter(|_| values));
        let resource = element("Action", change.action)
            + &element("LogicalResourceId", &change.logical_id)
            + &element("ResourceType", &change.kind)
            + &optional("Replacement", change.replacement)
            + &context("BeforeContext", &change.before)
            + &context("AfterContext", &change.after);
        format!("{}<ResourceChange>{resource}</ResourceChange>", element("Type", "Resource"))
    });
    Ok(element("ChangeSetId", &live.id)
        + &element("ChangeSetName", &live.name)
        + &element("StackId", &live.stack_id)
        + &element("StackName", &name)
        + &element("Status", &live.status)
        + &element("ExecutionStatus", &live.execution_status)
        + &optional("StatusReason", live.reason.as_deref())
        + &list("Changes", changes)
        + &next)
}

/// One step of a change set's making: pending, in progress, then complete, failed or empty.
fn mature(set: &mut ChangeSet, deployed: &Source, script: &Script) {
    let (status, execution, reason) = match set.status.as_str() {
        "CREATE_PENDING" => ("CREATE_IN_PROGRESS", "UNAVAILABLE", None),
        "CREATE_IN_PROGRESS" => match &script.change_set_fails {
            Some(reason) => ("FAILED", "UNAVAILABLE", Some(reason.clone())),
            None if set.update && set.changes.is_empty() && deployed.rest() == set.source.rest() => {
                ("FAILED", "UNAVAILABLE", Some(script.empty_reason.to_owned()))
            }
            None => ("CREATE_COMPLETE", "AVAILABLE", None),
        },
        _ => return,
    };
    status.clone_into(&mut set.status);
    execution.clone_into(&mut set.execution_status);
    set.reason = reason;
}

fn execute_change_set(world: &mut World, fields: &Fields) -> Answer {
    let set = world.change_set_mut(fields)?.clone();
    let token = fields.get("ClientRequestToken").cloned();
    let stack = world.stack_mut(&set.stack_id)?;
    if token.is_some() && stack.running == Some((set.id.clone(), token.clone())) {
        return Ok(String::new());
    }
    if set.execution_status != "AVAILABLE" {
        let (id, status) = (&set.id, &set.execution_status);
        let text =
            format!("ChangeSet [{id}] cannot be executed in its current execution status of [{status}]");
        return Err(Refusal::new("InvalidChangeSetStatus", text));
    }
    if stack.is_busy() {
        let (id, status) = (&stack.id, &stack.status);
        return Err(Refusal::validation(format!("Stack:{id} is in {status} state and can not be updated.")));
    }
    let name = stack.name.clone();
    let script = world.script(&name);
    let stack = world.stack_mut(&set.stack_id)?;
    stack.running = Some((set.id.clone(), token));
    stack.steps = steps(&set, &script);
    let status = if set.update { "UPDATE_IN_PROGRESS" } else { "CREATE_IN_PROGRESS" };
    stack.come_to(status, Some("User Initiated".to_owned()));
    for other in world.change_sets.iter_mut().filter(|other| other.stack_id == set.stack_id) {
        let status = if other.id == set.id { "EXECUTE_IN_PROGRESS" } else { "OBSOLETE" };
        status.clone_into(&mut other.execution_status);
    }
    Ok(String::new())
}

fn delete_change_set(world: &mut World, fields: &Fields) -> Answer {
    // The real service takes the deletion of one that is not there for done.
    let Ok(set) = world.change_set_mut(fields).cloned() else { return Ok(String::new()) };
    if set.execution_status == "EXECUTE_IN_PROGRESS" {
        let text = format!("ChangeSet [{}] cannot be deleted in its current status", set.id);
        return Err(Refusal::new("InvalidChangeSetStatus", text));
    }
    world.change_sets.retain(|other| other.id != set.id);
    Ok(String::new())
}

fn list_change_sets(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?.id.clone();
    let sets = world.change_sets.iter().filter(|set| set.stack_id == stack);
    Ok(list(
        "Summaries",
        sets.map(|set| element("ChangeSetId", &set.id) + &element("StackId", &set.stack_id)),
    ))
}

fn describe_stacks(world: &mut World, fields: &Fields) -> Answer {
    let name = field(fields, "StackName")?;
    let script = world.stack_mut(name).map(|stack| stack.name.clone()).map(|name| world.script(&name))?;
    let stack = world.stack_mut(name)?;
    let ended = advance(stack, &script);
    let parameters = stack.source.parameters.iter().map(|(key, value)| {
        let value = if stack.source.is_hidden(key) { "****" } else { value };
        element("ParameterKey", key) + &element("ParameterValue", value)
    });
    let tags = stack.source.tags.iter().map(|(key, value)| element("Key", key) + &element("Value", value));
    let described = element("StackName", &stack.name)
        + &element("StackId", &stack.id)
        + &element("CreationTime", NOW)
        + &element("StackStatus", &stack.status)
        + &list("Parameters", parameters)
        + &list("Tags", tags);
    if let Some((id, status)) = ended {
        let set = world.change_sets.iter_mut().find(|set| set.id == id);
        set.into_iter().for_each(|set| status.clone_into(&mut set.execution_status));
    }
    Ok(list("Stacks", [described]))
}

fn describe_stack_events(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?;
    let (id, name) = (stack.id.clone(), stack.name.clone());
    let newest_first: Vec<_> = stack.events.iter().rev().cloned().collect();
    let script = world.script(&name);
    let (events, next) = page(&newest_first, script.page, fields.get("NextToken"))?;
    let events = events.iter().map(|event| {
        element("StackId", &id)
            + &element("EventId", &event.id)
            + &element("StackName", &name)
            + &element("LogicalResourceId", &event.logical_id)
            + &optional("PhysicalResourceId", event.physical_id.as_deref())
            + &element("ResourceType", &event.kind)
            + &element("Timestamp", NOW)
            + &element("ResourceStatus", &event.status)
            + &optional("ResourceStatusReason", event.reason.as_deref())
            + &optional("ClientRequestToken", event.token.as_deref())
    });
    Ok(list("StackEvents", events) + &next)
}

fn list_stack_resources(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?;
    let name = stack.name.clone();
    let resources: Vec<_> = stack.resources.clone().into_iter().collect();
    let script = world.script(&name);
    let (resources, next) = page(&resources, script.page, fields.get("NextToken"))?;
    let resources = resources.iter().map(|(logical_id, resource)| {
        element("LogicalResourceId", logical_id)
            + &optional("PhysicalResourceId", resource.physical_id.as_deref())
            + &element("ResourceType", &resource.kind)
            + &element("LastUpdatedTimestamp", NOW)
            + &element("ResourceStatus", &resource.status)
    });
    Ok(list("StackResourceSummaries", resources) + &next)
}

fn get_template(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?;
    Ok(element("TemplateBody", &stack.source.text))
}

fn get_template_summary(fields: &Fields) -> Answer {
    let template = parse(field(fields, "TemplateBody")?)?;
    let parameters = template.get("Parameters").and_then(Value::as_object).into_iter().flatten();
    let parameters = parameters.map(|(name, declared)| {
        let text = |name: &str| declared.get(name).and_then(Value::as_str);
        let hidden = declared.get("NoEcho").is_some_and(|hidden| hidden == true || hidden == "true");
        element("ParameterKey", name)
            + &optional("DefaultValue", text("Default"))
            + &element("ParameterType", text("Type").unwrap_or("String"))
            + &element("NoEcho", &hidden.to_string())
    });
    Ok(list("Parameters", parameters))
}

fn delete_stack(world: &mut World, fields: &Fields) -> Answer {
    if let Ok(stack) = world.stack_mut(field(fields, "StackName")?) {
        stack.resources.clear();
        stack.steps.clear();
        stack.come_to("DELETE_COMPLETE", None);
        let id = stack.id.clone();
        world.change_sets.retain(|set| set.stack_id != id);
    }
    Ok(String::new())
}

fn cancel_update_stack(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?;
    if stack.status != "UPDATE_IN_PROGRESS" {
        return Err(Refusal::validation("CancelUpdateStack cannot be called from current stack status"));
    }
    stack.steps = rollback(true, &Script::default(), &[], Some("User Initiated".to_owned())).into();
    Ok(String::new())
}

fn continue_update_rollback(world: &mut World, fields: &Fields) -> Answer {
    let stack = world.stack_mut(field(fields, "StackName")?)?;
    if stack.status != "UPDATE_ROLLBACK_FAILED" {
        let (id, status) = (&stack.id, &stack.status);
        return Err(Refusal::validation(format!(
            "Stack:{id} is in {status} state and can not continue the update rollback."
        )));
    }
    stack.steps = rollback(true, &Script::default(), &[], None).into();
    Ok(String::new())
}
