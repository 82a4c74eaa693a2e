use std::path::Path;
use std::process::Command;

use pipeline_core::Commit;
use pipeline_engine::git::{GitError, Login, Mirror};
use pipeline_engine::sandbox::Sandbox;
use secrecy::SecretString;

const ZERO: &str = "0000000000000000000000000000000000000000";

/// A repository that its developers work in, and a mirror of it.
struct World {
    dir: tempfile::TempDir,
    mirror: Mirror,
}

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::open(&dir.path().join("sandbox")).unwrap();
        let url = format!("file://{}/work/.git", dir.path().display());
        let mirror = Mirror::new(sandbox, dir.path(), &url, None).unwrap();
        let world = Self { dir, mirror };
        std::fs::create_dir(world.work()).unwrap();
        world.git(&["init", "-q", "-b", "main"]);
        world
    }

    fn work(&self) -> std::path::PathBuf {
        self.dir.path().join("work")
    }

    fn git(&self, args: &[&str]) -> String {
        let identity =
            ["-c", "user.name=kim", "-c", "user.email=kim@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(identity).args(args).current_dir(self.work()).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.work().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn commit(&self, files: &[(&str, &str)]) -> Commit {
        files.iter().for_each(|(path, text)| self.write(path, text));
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
        Commit::parse(&self.git(&["rev-parse", "HEAD"])).unwrap()
    }
}

#[tokio::test]
async fn a_mirror_follows_its_repository() {
    let world = World::new();
    assert_eq!(world.mirror.resolve("refs/heads/main").await.unwrap(), None);
    let first = world.commit(&[("a.tf", "1")]);
    world.mirror.fetch().await.unwrap();
    assert_eq!(world.mirror.head("main").await.unwrap(), first);

    let second = world.commit(&[("a.tf", "2")]);
    world.git(&["branch", "topic"]);
    assert!(!world.mirror.has(&second).await.unwrap());
    world.mirror.need(&second).await.unwrap();
    assert_eq!(world.mirror.head("topic").await.unwrap(), second);

    world.git(&["branch", "-q", "-D", "topic"]);
    world.mirror.fetch().await.unwrap();
    let gone = world.mirror.head("topic").await;
    assert!(matches!(gone, Err(GitError::BranchGone { branch }) if branch == "topic"));
}

#[tokio::test]
async fn a_commit_on_no_branch_is_found_and_one_that_is_gone_is_said() {
    let world = World::new();
    let kept = world.commit(&[("a", "1")]);
    let pull = world.commit(&[("a", "2")]);
    world.git(&["update-ref", "refs/pull/17/head", pull.as_str()]);
    world.git(&["reset", "-q", "--hard", kept.as_str()]);
    world.mirror.need(&pull).await.unwrap();
    assert_eq!(world.mirror.changed_files(&kept, &pull).await.unwrap(), ["a"]);

    let never = Commit::parse(&"1".repeat(40)).unwrap();
    let error = world.mirror.need(&never).await.unwrap_err();
    assert!(matches!(error, GitError::CommitGone { commit } if commit == never));
    assert!(matches!(world.mirror.changed_files(&never, &kept).await, Err(GitError::CommitGone { .. })));
}

#[tokio::test]
async fn changed_files_are_both_ends_of_a_rename_and_all_of_a_new_branch() {
    let world = World::new();
    let base = world.commit(&[
        ("same", "s"),
        ("old name.tf", "long enough to be seen as a rename"),
        ("한글.tf", "1"),
    ]);
    std::fs::rename(world.work().join("old name.tf"), world.work().join("new\nname.tf")).unwrap();
    let head = world.commit(&[("한글.tf", "2")]);
    world.mirror.need(&head).await.unwrap();

    let changed = async |base: &Commit| {
        let mut files = world.mirror.changed_files(base, &head).await.unwrap();
        files.sort();
        files
    };
    assert_eq!(changed(&base).await, ["new\nname.tf", "old name.tf", "한글.tf"]);
    assert_eq!(changed(&Commit::parse(ZERO).unwrap()).await, ["new\nname.tf", "same", "한글.tf"]);
    assert_eq!(changed(&head).await, [""; 0]);
}

#[tokio::test]
async fn ancestry_is_told() {
    let world = World::new();
    let base = world.commit(&[("a", "1")]);
    let main = world.commit(&[("a", "2")]);
    world.git(&["checkout", "-q", "-b", "topic", base.as_str()]);
    let topic = world.commit(&[("b", "1")]);
    world.git(&["checkout", "-q", "--orphan", "stranger"]);
    let stranger = world.commit(&[("c", "1")]);
    world.mirror.fetch().await.unwrap();

    let mirror = &world.mirror;
    assert!(mirror.is_ancestor(&base, &main).await.unwrap());
    assert!(!mirror.is_ancestor(&main, &topic).await.unwrap());
    assert_eq!(mirror.merge_base(&main, &topic).await.unwrap(), Some(base.clone()));
    assert_eq!(mirror.merge_base(&main, &stranger).await.unwrap(), None);
    let never = Commit::parse(&"1".repeat(40)).unwrap();
    assert_eq!(mirror.meeting("main", &topic).await.unwrap(), Some((main.clone(), base)));
    assert_eq!(mirror.meeting("main", &main).await.unwrap(), Some((main.clone(), main.clone())));
    assert_eq!(mirror.meeting("main", &stranger).await.unwrap(), None);
    assert_eq!(mirror.meeting("main", &never).await.unwrap(), None);
    assert_eq!(mirror.meeting("none", &main).await.unwrap(), None);
}

#[tokio::test]
async fn files_are_read_by_commit() {
    let world = World::new();
    let commit = world.commit(&[
        ("wayleave.hcl", "stack {}"),
        ("net/main.tf", "x"),
        ("net/sub/a.tf", "y"),
        ("network/b", "z"),
    ]);
    std::os::unix::fs::symlink("/etc/passwd", world.work().join("net/link")).unwrap();
    let linked = world.commit(&[]);
    world.mirror.need(&linked).await.unwrap();

    let read = async |path: &str| {
        world.mirror.read_file(&linked, path).await.map(|file| file.map(|bytes| bytes.len()))
    };
    assert_eq!(read("wayleave.hcl").await.unwrap(), Some(8));
    for absent in ["absent", "net", "net/link", ""] {
        assert_eq!(read(absent).await.unwrap(), None, "{absent}");
    }
    assert!(matches!(read("../secret").await, Err(GitError::Path { .. })));
    assert_eq!(world.mirror.list_files(&linked, "net").await.unwrap(), ["net/main.tf", "net/sub/a.tf"]);
    assert_eq!(world.mirror.list_files(&commit, "").await.unwrap().len(), 4);
}

#[tokio::test]
async fn many_checkouts_at_once_hold_just_the_commit() {
    let world = World::new();
    world.commit(&[("modules/vpc/main.tf", "m")]);
    let texts = ["0", "1", "2", "3"];
    let commits = texts.map(|text| world.commit(&[("a.tf", text)]));
    world.mirror.fetch().await.unwrap();
    // The trees of four commits, written at the same time, and each copied twice.
    let checkouts = commits.iter().zip(texts).cycle().take(8).enumerate().map(|(number, (commit, text))| {
        let dir = world.dir.path().join(format!("trees/{number}"));
        let mirror = &world.mirror;
        async move {
            let tree = mirror.checkout(commit, &dir).await.unwrap();
            assert_eq!(std::fs::read_to_string(tree.dir.join("a.tf")).unwrap(), text);
            assert_eq!(std::fs::read_to_string(dir.join("modules/vpc/main.tf")).unwrap(), "m");
            assert!(!dir.join(".git").exists());
        }
    });
    futures::future::join_all(checkouts).await;
}

#[tokio::test]
async fn links_out_of_the_tree_are_left_out() {
    let world = World::new();
    world.commit(&[("inside/file", "x")]);
    let link =
        |target: &str, path: &str| std::os::unix::fs::symlink(target, world.work().join(path)).unwrap();
    link("inside/file", "fine");
    link("nowhere", "dangling");
    link("/etc", "absolute");
    link("../../../etc/passwd", "inside/upwards");
    link("absolute/passwd", "through");
    link("../nowhere", "dangling-out");
    link("loop", "loop");
    let commit = world.commit(&[]);
    world.mirror.fetch().await.unwrap();

    let tree = world.mirror.checkout(&commit, &world.dir.path().join("tree")).await.unwrap();
    assert_eq!(tree.left_out, ["absolute", "dangling-out", "inside/upwards", "loop", "through"]);
    let is_link = |path: &str| tree.dir.join(path).is_symlink();
    assert!(is_link("fine") && is_link("dangling") && !is_link("absolute") && !is_link("through"));
}

#[tokio::test]
async fn a_repository_that_is_not_there_is_said_and_no_token_shows() {
    let dir = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::open(&dir.path().join("sandbox")).unwrap();
    let url = format!("file://{}/none", dir.path().display());
    let login = Login::new("x-access-token", SecretString::from("t0ken-value"));
    let mirror = Mirror::new(sandbox, dir.path(), &url, Some(login)).unwrap();
    let error = mirror.fetch().await.unwrap_err();
    assert!(matches!(&error, GitError::Fetch { .. }), "{error}");
    assert!(!format!("{error} {error:?} {mirror:?}").contains("t0ken-value"));
}

#[tokio::test]
async fn hooks_and_filters_of_the_machine_do_not_run() {
    let world = World::new();
    let commit = world.commit(&[(".gitattributes", "* filter=evil\n"), ("a", "text")]);
    world.mirror.fetch().await.unwrap();
    let tree = world.mirror.checkout(&commit, &world.dir.path().join("tree")).await.unwrap();
    assert_eq!(std::fs::read_to_string(tree.dir.join("a")).unwrap(), "text");
    let hooks = std::fs::read_dir(world.dir.path().join("mirrors")).unwrap().flatten();
    assert!(hooks.into_iter().all(|mirror| !Path::new(&mirror.path()).join("hooks").exists()));
}

/// All that a tree holds: path, mode, and bytes or the link's target.
fn contents(dir: &Path) -> Vec<String> {
    use std::os::unix::fs::MetadataExt;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let (path, about) = (entry.path(), entry.path().symlink_metadata().unwrap());
        let what = match (about.is_symlink(), about.is_dir()) {
            (true, _) => format!("-> {}", std::fs::read_link(&path).unwrap().display()),
            (_, true) => contents(&path).join(", "),
            _ => std::fs::read_to_string(&path).unwrap(),
        };
        found.push(format!("{} {:o} {what}", entry.file_name().display(), about.mode()));
    }
    found.sort();
    found
}

#[tokio::test]
async fn a_tree_that_was_given_back_holds_just_the_next_commit() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let world = World::new();
    symlink("a.tf", world.work().join("link")).unwrap();
    let first = world.commit(&[
        ("a.tf", "one"),
        ("sub/b.tf", "two"),
        ("sub/deep/c", "three"),
        ("gone", "x"),
        ("d", ""),
    ]);
    world.git(&["rm", "-q", "gone"]);
    std::fs::remove_file(world.work().join("d")).unwrap();
    let second = world.commit(&[("a.tf", "1ne"), ("d/e", "now a directory")]);
    world.mirror.fetch().await.unwrap();
    let place = |name: &str| world.dir.path().join("trees").join(name);
    let fresh = [&first, &second].map(|commit| (commit, &world.mirror));
    let (mut expected, mut trees) = (Vec::new(), Vec::new());
    for (number, (commit, mirror)) in fresh.into_iter().enumerate() {
        let tree = mirror.checkout(commit, &place(&format!("fresh-{number}"))).await.unwrap();
        expected.push(contents(&tree.dir));
        trees.push(tree);
    }
    let outside = world.dir.path().join("outside");
    std::fs::write(&outside, "mine").unwrap();
    type Spoil<'a> = (&'a str, &'a dyn Fn(&Path));
    let spoils: [Spoil<'_>; 9] = [
        ("same length, other bytes", &|tree| std::fs::write(tree.join("a.tf"), "0ne").unwrap()),
        ("more files", &|tree| std::fs::write(tree.join("sub/deep/zzz_override.tf"), "evil").unwrap()),
        ("more directories", &|tree| std::fs::create_dir_all(tree.join(".terraform/x")).unwrap()),
        ("fewer files", &|tree| std::fs::remove_dir_all(tree.join("sub")).unwrap()),
        ("another mode", &|tree| {
            std::fs::set_permissions(tree.join("a.tf"), PermissionsExt::from_mode(0o777)).unwrap();
            std::fs::set_permissions(tree.join("sub"), PermissionsExt::from_mode(0o711)).unwrap();
        }),
        ("a link for a file", &|tree| {
            std::fs::remove_file(tree.join("a.tf")).unwrap();
            symlink(tree.join("../../outside"), tree.join("a.tf")).unwrap();
        }),
        ("a link for a directory", &|tree| {
            std::fs::remove_dir_all(tree.join("sub")).unwrap();
            symlink(tree.join(".."), tree.join("sub")).unwrap();
        }),
        ("another link", &|tree| {
            std::fs::remove_file(tree.join("link")).unwrap();
            symlink("/etc/passwd", tree.join("link")).unwrap();
        }),
        ("a second name elsewhere", &|tree| {
            std::fs::remove_file(tree.join("a.tf")).unwrap();
            std::fs::hard_link(tree.join("../../outside"), tree.join("a.tf")).unwrap();
        }),
    ];
    for (number, (what, spoil)) in spoils.iter().enumerate() {
        let tree = trees.pop().unwrap();
        spoil(&tree.dir);
        let before = tree.dir.clone();
        world.mirror.give_back(tree);
        let commit = if number % 2 == 0 { &first } else { &second };
        let tree = world.mirror.checkout(commit, &place(&number.to_string())).await.unwrap();
        assert!(!before.exists(), "{what}: the tree was not used again");
        assert_eq!(contents(&tree.dir), expected[number % 2], "{what}");
        trees.insert(0, tree);
        assert_eq!(std::fs::read_to_string(&outside).unwrap(), "mine", "{what}");
    }
}

#[tokio::test]
async fn more_trees_than_are_kept_are_removed() {
    let world = World::new();
    let commit = world.commit(&[("a.tf", "1")]);
    world.mirror.fetch().await.unwrap();
    let mut trees = Vec::new();
    for number in 0..10 {
        let dir = world.dir.path().join(format!("trees/{number}"));
        trees.push(world.mirror.checkout(&commit, &dir).await.unwrap());
    }
    for tree in trees {
        world.mirror.give_back(tree);
    }
    let mirrors = world.dir.path().join("trees");
    let left = || std::fs::read_dir(&mirrors).unwrap().count();
    let removed = async {
        while left() > 8 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), removed).await.unwrap();
    drop(world.mirror);
    assert_eq!(left(), 0);
}
