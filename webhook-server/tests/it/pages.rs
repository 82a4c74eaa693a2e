//! The pages: their text as people read it, and that nothing in them is markup by accident.

use crate::world::{RUN, World};

const UNIT: &str = "topics.333333333333.eu-west-1";

async fn page(world: &World, path: &str, status: u16) -> String {
    let answer = world.http.get(world.url(path)).header("accept", "text/html").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    answer.text().await.unwrap()
}

/// The text between the tags of the page's main part, without times that pass.
fn text(html: &str) -> String {
    let main = html.split_once("<main").unwrap().1;
    let (mut text, mut within) = (String::new(), true);
    for character in main.chars() {
        match character {
            '<' => within = true,
            '>' => within = false,
            character if !within => text.push(character),
            _ => {}
        }
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(timeless).collect::<Vec<_>>().join("\n")
}

/// A line with `[ago]` for `just now` and `3 d ago`.
fn timeless(line: &str) -> String {
    let line = line.replace("just now", "[ago]");
    let mut words: Vec<&str> = Vec::new();
    for word in line.split(' ') {
        words.push(word);
        if word == "ago" {
            words.truncate(words.len() - 3);
            words.push("[ago]");
        }
    }
    words.join(" ")
}

#[tokio::test]
async fn empty_pages_say_what_to_do_next() {
    let world = World::new().await;
    let mut seen = Vec::new();
    for path in ["/", "/audit", "/audit?q=nothing"] {
        seen.push(format!("{path}\n{}", text(&page(&world, path, 200).await)));
    }
    let problem = page(&world, "/runs/r-00000000", 404).await;
    seen.push(text(&problem));
    let address = world.address().to_owned();
    insta::assert_snapshot!("empty_pages", seen.join("\n\n").replace(&address, "[address]"));
}

#[tokio::test]
async fn the_runs_and_one_run_are_read() {
    let world = World::new().await;
    world.waiting_run().await;
    for (name, path) in [
        ("runs_page", "/".to_owned()),
        ("run_page", format!("/runs/{RUN}")),
        ("unit_page", format!("/runs/{RUN}/units/{UNIT}")),
        ("accounts_page", "/accounts".to_owned()),
    ] {
        insta::assert_snapshot!(name, text(&page(&world, &path, 200).await));
    }
}

#[tokio::test]
async fn what_comes_from_outside_is_text() {
    let world = World::new().await;
    world.waiting_run().await;
    let html = page(&world, &format!("/runs/{RUN}"), 200).await;
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(html.contains("&#60;script&#62;alert(1)"), "{html}");
    let searched = page(&world, "/audit?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", 200).await;
    assert!(!searched.contains("<script>"), "{searched}");
    // No script or style but our own files, which the policy of the page allows alone.
    assert_eq!(html.matches("<script").count(), 1);
    assert!(html.contains(r#"<script src="/assets/live.js" defer></script>"#), "{html}");
    assert!(!html.contains("style=") && !html.contains("http://") && !html.contains("https://"), "{html}");
}

#[tokio::test]
async fn the_files_of_the_pages_are_served() {
    let world = World::new().await;
    for (path, kind) in [
        ("/assets/style.css", "text/css"),
        ("/assets/live.js", "text/javascript"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let answer = world.get(path).await;
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
        assert_eq!(answer.status(), 200);
    }
}
