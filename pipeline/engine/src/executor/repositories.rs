//! The repositories that the zone names, as mirrors, and what is read out of their commits.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use landing_zone::{Repository, RepositoryName, Source, StackFile, Zone};
use pipeline_core::Commit;

use super::Failure;
use crate::git::{GitError, Login, Mirror};
use crate::pipeline::Pipeline;
use crate::sandbox::Sandbox;

/// How many parsed stack files are kept.
const KEPT: usize = 64;
/// The largest file that is read out of a commit as text, in bytes.
const LARGEST: usize = 4 << 20;

type Parsed = HashMap<(RepositoryName, Commit), Arc<StackFile>>;

/// All repositories of a zone.
#[derive(Debug)]
pub(super) struct Repositories {
    mirrors: BTreeMap<RepositoryName, Mirror>,
    parsed: Mutex<Parsed>,
}

impl Repositories {
    pub(super) fn new(sandbox: &Sandbox, data: &Path, pipeline: &Pipeline) -> Result<Self, GitError> {
        let mut mirrors = BTreeMap::new();
        for repository in &pipeline.zone().repositories {
            let secrets = pipeline.secrets().forge(repository.forge);
            let login = secrets.map(|secrets| Login::new("x-access-token", secrets.token.clone()));
            let login = login.filter(|_| repository.url.starts_with("http"));
            mirrors
                .insert(repository.name.clone(), Mirror::new(sandbox.clone(), data, &repository.url, login)?);
        }
        Ok(Self { mirrors, parsed: Mutex::default() })
    }

    pub(super) fn mirror(&self, name: &RepositoryName) -> Result<&Mirror, Failure> {
        self.mirrors
            .get(name)
            .ok_or_else(|| Failure(format!("zone.hcl no longer names the repository {name}")))
    }

    /// The commit that a branch is at now.
    pub(super) async fn head(&self, repository: &Repository, branch: &str) -> Result<Commit, Failure> {
        let mirror = self.mirror(&repository.name)?;
        mirror.fetch().await.map_err(|error| Failure::of(&error))?;
        mirror.head(branch).await.map_err(|error| Failure::of(&error))
    }

    /// Makes sure that a run's commit is here, and that the branch which it is of still is there; answers where that is, and
    /// where the commit left it if that is known already.
    pub(super) async fn fetch(
        &self,
        repository: &Repository,
        commit: &Commit,
    ) -> Result<(Commit, Option<Commit>), Failure> {
        let mirror = self.mirror(&repository.name)?;
        mirror.fetch().await.map_err(|error| Failure::of(&error))?;
        let met = mirror.meeting(&repository.branch, commit).await.map_err(|error| Failure::of(&error))?;
        if let Some((head, base)) = met {
            return Ok((head, Some(base)));
        }
        let (head, here) = futures::join!(mirror.head(&repository.branch), mirror.need(commit));
        let head = head.map_err(|error| Failure::of(&error))?;
        here.map_err(|error| Failure::of(&error))?;
        Ok((head, None))
    }

    /// Makes the mirrors that are not there yet, so that the first run finds them. What fails here fails there again, and is
    /// told of then.
    pub(super) async fn make(&self) {
        for (name, mirror) in &self.mirrors {
            if let Err(error) = mirror.make().await {
                tracing::debug!(repository = %name, error = &error as &dyn std::error::Error, "git.mirror");
            }
        }
    }

    /// Brings all mirrors up to date in the background, one after the other: nobody waits for it.
    pub(super) fn fetch_all(&self) {
        let mirrors = self.mirrors.clone();
        tokio::spawn(async move {
            for (name, mirror) in mirrors {
                if let Err(error) = mirror.fetch().await {
                    tracing::warn!(repository = %name, error = &error as &dyn std::error::Error, "git.fetch failed at the start");
                }
            }
        });
    }

    /// A base that is still in the repository; none when it is gone, so that everything is planned rather than too little.
    pub(super) async fn usable_base(
        &self,
        repository: &Repository,
        base: Commit,
    ) -> Result<Option<Commit>, Failure> {
        match self.mirror(&repository.name)?.need(&base).await {
            Ok(()) => Ok(Some(base)),
            Err(GitError::CommitGone { .. }) => Ok(None),
            Err(error) => Err(Failure::of(&error)),
        }
    }

    /// Where a pull request's commit left the branch.
    pub(super) async fn merge_base(
        &self,
        name: &RepositoryName,
        head: &Commit,
        commit: &Commit,
    ) -> Result<Option<Commit>, Failure> {
        self.mirror(name)?.merge_base(head, commit).await.map_err(|error| Failure::of(&error))
    }

    pub(super) async fn changed_files(
        &self,
        name: &RepositoryName,
        base: &Commit,
        head: &Commit,
    ) -> Result<Vec<String>, Failure> {
        self.mirror(name)?.changed_files(base, head).await.map_err(|error| Failure::of(&error))
    }

    /// A file of a run's commit as text.
    pub(super) async fn text(
        &self,
        name: &RepositoryName,
        commit: &Commit,
        path: &str,
    ) -> Result<String, Failure> {
        let bytes = self.mirror(name)?.file(commit, path).await.map_err(|error| Failure::of(&error))?;
        text(name, commit, path, bytes)
    }

    /// The stacks of a run's commit.
    pub(super) async fn stacks(
        &self,
        zone: &Zone,
        repository: &Repository,
        commit: &Commit,
    ) -> Result<Arc<StackFile>, Failure> {
        match self.known(repository, commit) {
            Some(known) => Ok(known),
            None => {
                let text = self.text(&repository.name, commit, &repository.config).await?;
                self.parse(zone, repository, commit, text)
            }
        }
    }

    /// The stacks of a commit that a run is compared with, whose other files nobody asks for.
    pub(super) async fn stacks_before(
        &self,
        zone: &Zone,
        repository: &Repository,
        commit: &Commit,
    ) -> Result<Arc<StackFile>, Failure> {
        if let Some(known) = self.known(repository, commit) {
            return Ok(known);
        }
        let (name, path) = (&repository.name, &repository.config);
        let bytes = self.mirror(name)?.read_file(commit, path).await.map_err(|error| Failure::of(&error))?;
        self.parse(zone, repository, commit, text(name, commit, path, bytes)?)
    }

    fn known(&self, repository: &Repository, commit: &Commit) -> Option<Arc<StackFile>> {
        self.parsed().get(&(repository.name.clone(), commit.clone())).map(Arc::clone)
    }

    fn parse(
        &self,
        zone: &Zone,
        repository: &Repository,
        commit: &Commit,
        text: String,
    ) -> Result<Arc<StackFile>, Failure> {
        let source = Source { name: repository.config.clone(), text };
        let (file, _) = StackFile::parse(&source, zone, &repository.name).map_err(|errors| {
            Failure(format!("{} has errors\n{}", repository.config, errors.render(&source, false)))
        })?;
        let file = Arc::new(file);
        let mut parsed = self.parsed();
        if parsed.len() >= KEPT {
            parsed.clear();
        }
        parsed.insert((repository.name.clone(), commit.clone()), Arc::clone(&file));
        Ok(file)
    }

    /// Every Terraform file of a run's commit, by directory (`.` for the root).
    pub(super) async fn terraform_files(
        &self,
        name: &RepositoryName,
        commit: &Commit,
    ) -> Result<BTreeMap<String, Vec<(String, String)>>, Failure> {
        let found = self.mirror(name)?.in_tree(commit, |root, _| terraform_files_below(root)).await;
        found.map_err(|error| Failure::of(&error))
    }

    fn parsed(&self) -> std::sync::MutexGuard<'_, Parsed> {
        self.parsed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text(
    name: &RepositoryName,
    commit: &Commit,
    path: &str,
    bytes: Option<Vec<u8>>,
) -> Result<String, Failure> {
    let bytes =
        bytes.ok_or_else(|| Failure(format!("{name} has no file {path} at commit {}", commit.short())))?;
    if bytes.len() > LARGEST {
        return Err(Failure(format!("{path} is larger than {} MiB", LARGEST >> 20)));
    }
    String::from_utf8(bytes).map_err(|_| Failure(format!("{path} is not UTF-8 text")))
}

fn terraform_files_below(root: &Path) -> std::io::Result<BTreeMap<String, Vec<(String, String)>>> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut pending = vec![root.to_owned()];
    while let Some(directory) = pending.pop() {
        let below = directory.strip_prefix(root).unwrap_or(&directory).to_string_lossy().into_owned();
        let place = if below.is_empty() { ".".to_owned() } else { below };
        for entry in std::fs::read_dir(&directory)? {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let about = entry.metadata()?;
            if about.is_dir() {
                pending.push(entry.path());
            } else if about.is_file() && is_terraform(&file) && about.len() <= LARGEST as u64 {
                // What is no text is no Terraform either; Terraform itself will say so.
                if let Ok(text) = std::fs::read_to_string(entry.path()) {
                    found.entry(place.clone()).or_default().push((file, text));
                }
            }
        }
    }
    found.values_mut().for_each(|files| files.sort());
    Ok(found)
}

fn is_terraform(file: &str) -> bool {
    [".tf", ".tf.json", ".tofu"].iter().any(|ending| file.ends_with(ending))
}
