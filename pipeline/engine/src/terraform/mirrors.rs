//! Where providers come from: Terraform's
//! [CLI configuration](https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation).
//!
//! A user's own configuration is used as it is. Otherwise one is written that knows the mirrors of this machine and the
//! store of what was downloaded once; Terraform links to both, so a provider of hundreds of megabytes is never copied. There
//! is no `plugin_cache_dir`: Terraform writes into that one from every init at once.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use pipeline_core::Digest;

const HOST: &str = "registry.terraform.io";

/// Where to look on a machine; tests give other places.
#[derive(Debug, Clone)]
pub struct Places {
    /// The value of `TF_CLI_CONFIG_FILE`.
    pub config_file: Option<PathBuf>,
    /// The user's home, for `.terraformrc`.
    pub home: Option<PathBuf>,
    /// The directory that may have mirrors one level below.
    pub optional: PathBuf,
    /// A directory that may be a mirror itself.
    pub plugins: PathBuf,
}

impl Places {
    /// Those of this machine.
    pub fn of_this_machine() -> Self {
        Self {
            config_file: std::env::var_os("TF_CLI_CONFIG_FILE").map(PathBuf::from),
            home: std::env::var_os("HOME").map(PathBuf::from),
            optional: "/opt".into(),
            plugins: "/usr/share/terraform/plugins".into(),
        }
    }
}

/// A directory with providers in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// The directory.
    pub dir: PathBuf,
    /// The providers in it, as `host/namespace/type`.
    pub providers: BTreeSet<String>,
}

/// How providers are installed on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Installation {
    /// By the user's own configuration.
    Configured(PathBuf),
    /// From these mirrors, and from the registry what is in none.
    Mirrors(Vec<Mirror>),
}

/// What was found, with a remark for people when something was not as it seems to be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// How providers are installed.
    pub installation: Installation,
    /// The remark.
    pub note: Option<String>,
}

/// Finds the user's CLI configuration, else the provider mirrors of this machine.
pub fn discover(places: &Places) -> Discovered {
    let named = places.config_file.as_ref();
    let in_home = places.home.as_ref().map(|home| home.join(".terraformrc"));
    let own = named.cloned().into_iter().chain(in_home).find(|file| file.is_file());
    let note = named.filter(|file| !file.is_file()).map(|file| {
        format!("TF_CLI_CONFIG_FILE names {}, which does not exist; it is ignored", file.display())
    });
    let installation = own.map_or_else(|| Installation::Mirrors(mirrors(places)), Installation::Configured);
    Discovered { installation, note }
}

fn mirrors(places: &Places) -> Vec<Mirror> {
    let mut dirs: Vec<PathBuf> = subdirectories(&places.optional);
    dirs.retain(|dir| dir.join(HOST).is_dir());
    dirs.push(places.plugins.clone());
    dirs.iter().map(|dir| mirror(dir)).filter(|mirror| !mirror.providers.is_empty()).collect()
}

/// The providers in a directory of the [mirror layout](https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror).
pub(super) fn mirror(dir: &Path) -> Mirror {
    let mut providers = BTreeSet::new();
    for host in subdirectories(dir) {
        for kind in subdirectories(&host).iter().flat_map(|namespace| subdirectories(namespace)) {
            let name = kind.strip_prefix(dir).ok().and_then(Path::to_str);
            providers.extend(name.filter(|name| name.chars().all(is_plain)).map(str::to_owned));
        }
    }
    Mirror { dir: dir.to_owned(), providers }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./:".contains(c)
}

fn subdirectories(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut dirs: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    dirs.sort();
    dirs
}

impl Installation {
    /// The configuration to give to Terraform, written into `dir` when the user has none. `store` holds what was downloaded.
    pub(super) fn config(&self, dir: &Path, store: &Path) -> std::io::Result<PathBuf> {
        match self {
            Self::Configured(file) => Ok(file.clone()),
            Self::Mirrors(mirrors) => {
                let text = configuration(mirrors, &mirror(store));
                let file = dir.join(format!("{}.tfrc", Digest::of(text.as_bytes()).short()));
                if !file.is_file() {
                    let mut new = tempfile::NamedTempFile::new_in(dir)?;
                    new.write_all(text.as_bytes())?;
                    new.persist(&file)?;
                }
                Ok(file)
            }
        }
    }
}

/// The mirrors' providers come from there alone, so that a machine without a network can use them. What is in the store may
/// come from the registry too: there may be a newer version.
fn configuration(mirrors: &[Mirror], store: &Mirror) -> String {
    let mut text = String::from("disable_checkpoint = true\n\nprovider_installation {\n");
    let mirrored: BTreeSet<&String> = mirrors.iter().flat_map(|mirror| &mirror.providers).collect();
    for mirror in mirrors.iter().chain((!store.providers.is_empty()).then_some(store)) {
        let path = mirror.dir.to_string_lossy();
        text.push_str(&format!("  filesystem_mirror {{\n    path    = {}\n", quoted(&path)));
        text.push_str(&format!("    include = {}\n  }}\n", list(mirror.providers.iter())));
    }
    text.push_str(&format!("  direct {{\n    exclude = {}\n  }}\n}}\n", list(mirrored.into_iter())));
    text
}

fn list<'a>(items: impl Iterator<Item = &'a String>) -> String {
    format!("[{}]", items.map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{");
    format!("\"{escaped}\"")
}

/// Moves providers that an init downloaded from `data` (a `.terraform` directory) into the store and links to them there, so
/// that the next init finds them. A move is one step: whoever looks into the store sees whole packages only.
pub(super) fn adopt(data: &Path, store: &Path) -> std::io::Result<()> {
    let providers = data.join("providers");
    for package in packages(&providers) {
        let Ok(name) = package.strip_prefix(&providers) else { continue };
        let kept = store.join(name);
        if let Some(parent) = kept.parent() {
            fs::create_dir_all(parent)?;
        }
        match fs::rename(&package, &kept) {
            // Another unit was first; what is there stays, since it may be in use.
            Err(_) if kept.is_dir() => fs::remove_dir_all(&package)?,
            moved => moved?,
        }
        std::os::unix::fs::symlink(&kept, &package)?;
    }
    Ok(())
}

/// The real directories `host/namespace/type/version/platform`; links lead to a mirror already.
fn packages(providers: &Path) -> Vec<PathBuf> {
    let mut level = vec![providers.to_owned()];
    for _ in 0..5 {
        level = level.iter().flat_map(|dir| subdirectories(dir)).collect();
    }
    level.retain(|dir| !dir.is_symlink());
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(root: &Path) -> Places {
        Places {
            config_file: Some(root.join("absent.tfrc")),
            home: Some(root.join("home")),
            optional: root.join("opt"),
            plugins: root.join("plugins"),
        }
    }

    fn provider(root: &Path, path: &str) {
        fs::create_dir_all(root.join(path)).unwrap();
    }

    #[test]
    fn mirrors_are_found_and_a_missing_configuration_is_remarked_on() {
        let root = tempfile::tempdir().unwrap();
        provider(root.path(), "opt/any/registry.terraform.io/hashicorp/aws/5.0.0/linux_amd64");
        provider(root.path(), "opt/other/bin");
        provider(root.path(), "plugins/example.com/acme/thing");
        let found = discover(&places(root.path()));
        assert!(found.note.unwrap().contains("absent.tfrc"));
        let Installation::Mirrors(mirrors) = found.installation else { panic!("no configuration exists") };
        let providers: Vec<&String> = mirrors.iter().flat_map(|mirror| &mirror.providers).collect();
        assert_eq!(providers, ["registry.terraform.io/hashicorp/aws", "example.com/acme/thing"]);
    }

    #[test]
    fn a_configuration_of_the_user_is_used_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        let mut places = places(root.path());
        provider(root.path(), "home");
        let own = root.path().join("home/.terraformrc");
        fs::write(&own, "").unwrap();
        assert_eq!(discover(&places).installation, Installation::Configured(own));
        let named = root.path().join("named.tfrc");
        fs::write(&named, "").unwrap();
        places.config_file = Some(named.clone());
        assert_eq!(
            discover(&places),
            Discovered { installation: Installation::Configured(named), note: None }
        );
    }

    #[test]
    fn the_configuration_names_what_is_where() {
        let mirror = |dir: &str, providers: &[&str]| Mirror {
            dir: dir.into(),
            providers: providers.iter().map(|name| (*name).to_owned()).collect(),
        };
        let mirrors = [mirror("/opt/a \"b\"", &["registry.terraform.io/hashicorp/aws"])];
        let store = mirror("/data/providers", &["registry.terraform.io/hashicorp/random"]);
        insta::assert_snapshot!(configuration(&mirrors, &store), @r#"
        disable_checkpoint = true

        provider_installation {
          filesystem_mirror {
            path    = "/opt/a \"b\""
            include = ["registry.terraform.io/hashicorp/aws"]
          }
          filesystem_mirror {
            path    = "/data/providers"
            include = ["registry.terraform.io/hashicorp/random"]
          }
          direct {
            exclude = ["registry.terraform.io/hashicorp/aws"]
          }
        }
        "#);
        assert!(configuration(&[], &mirror("/data", &[])).contains("exclude = []"));
    }

    #[test]
    fn downloads_are_kept_once_and_linked_to() {
        let root = tempfile::tempdir().unwrap();
        let store = root.path().join("store");
        let package = "registry.terraform.io/hashicorp/random/3.6.0/linux_amd64";
        for unit in ["one", "two"] {
            let data = root.path().join(unit);
            provider(&data, &format!("providers/{package}"));
            fs::write(data.join("providers").join(package).join("program"), unit).unwrap();
            adopt(&data, &store).unwrap();
            let linked = data.join("providers").join(package);
            assert!(linked.is_symlink());
            assert_eq!(fs::read_to_string(linked.join("program")).unwrap(), "one");
        }
        assert_eq!(mirror(&store).providers.len(), 1);
    }
}
