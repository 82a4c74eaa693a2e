//! Where a unit's state is kept, given to the stack as an
//! [override file](https://developer.hashicorp.com/terraform/language/files/override) that names the kind of backend alone, and as
//! [partial configuration](https://developer.hashicorp.com/terraform/language/backend#partial-configuration), which init notes in
//! the data directory. So what one init has prepared serves every unit of the same requirements: only the note differs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// Sorts after what people name their override files; a later one wins.
const OVERRIDE: &str = "zzzz_wayleave_override.tf.json";

/// Where init notes the backend that it chose, in the data directory.
pub(super) const NOTE: &str = "terraform.tfstate";

/// Where a unit's state is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// In [S3](https://developer.hashicorp.com/terraform/language/backend/s3), locked by a file beside it.
    S3 {
        /// The bucket.
        bucket: String,
        /// The object's key.
        key: String,
        /// The bucket's region.
        region: String,
    },
    /// In a file of this machine.
    Local {
        /// The file.
        path: PathBuf,
    },
}

impl Backend {
    fn kind(&self) -> &'static str {
        match self {
            Self::S3 { .. } => "s3",
            Self::Local { .. } => "local",
        }
    }

    fn settings(&self, path_style: bool) -> Value {
        match self {
            Self::S3 { bucket, key, region } => json!({
                "bucket": bucket, "key": key, "region": region,
                "encrypt": true, "use_lockfile": true, "use_path_style": path_style,
            }),
            Self::Local { path } => json!({"path": path}),
        }
    }

    /// The override file's text: the same for every unit of this kind of backend.
    pub(super) fn text(&self) -> String {
        json!({"terraform": {"backend": {self.kind(): {}}}}).to_string()
    }

    /// Writes the override file into a stack.
    pub(super) fn write(&self, stack: &Path) -> std::io::Result<()> {
        let file = stack.join(OVERRIDE);
        // It may be a link in the repository; never write through one.
        if file.symlink_metadata().is_ok() {
            fs::remove_file(&file)?;
        }
        fs::write(file, self.text())
    }

    /// The file for `-backend-config`. `path_style`: S3 has an endpoint of its own.
    pub(super) fn file(&self, path_style: bool) -> String {
        // Strings in JSON are templates to Terraform.
        self.settings(path_style).to_string().replace("${", "$${").replace("%{", "%%{")
    }

    /// Puts this backend in the place of the one that an init of another unit noted in a data directory. False when no init
    /// noted one of this kind.
    pub(super) fn put_into(&self, data: &Path, path_style: bool) -> std::io::Result<bool> {
        let file = data.join(NOTE);
        let Ok(mut noted) = serde_json::from_slice::<Value>(&fs::read(&file)?) else { return Ok(false) };
        let Some(config) = noted.pointer_mut("/backend/config").and_then(Value::as_object_mut) else {
            return Ok(false);
        };
        if let Value::Object(settings) = self.settings(path_style) {
            config.extend(settings);
        }
        fs::write(&file, serde_json::to_vec_pretty(&noted)?)?;
        Ok(self.was_chosen(data, path_style))
    }

    /// True when the backend that is noted in a data directory is this one.
    pub(super) fn was_chosen(&self, data: &Path, path_style: bool) -> bool {
        let chosen = fs::read(data.join(NOTE)).ok();
        let chosen: Option<Value> = chosen.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(backend) = chosen.as_ref().and_then(|chosen| chosen.get("backend")) else { return false };
        let config = backend.get("config").cloned().unwrap_or_default();
        let given = self.settings(path_style);
        let same = |(name, value): (&String, &Value)| config.get(name) == Some(value);
        let only_given = |(name, value): (&String, &Value)| value.is_null() || given.get(name).is_some();
        backend.get("type") == Some(&Value::from(self.kind()))
            && given.as_object().is_some_and(|given| given.iter().all(same))
            && config.as_object().is_some_and(|config| config.iter().all(only_given))
    }
}
