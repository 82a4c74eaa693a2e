use std::io::Write;

use pipeline_engine::audit::{Ending, Feed, RunLog, SpoolError, State, Stream, verify_lines};

use super::{context, run_id, spool, state, unit};

async fn lines(log: &RunLog, stack: &str, count: usize) {
    let unit = log.unit(unit(stack));
    for number in 0..count {
        unit.line(Stream::Stdout, format!("{stack} {number}")).await.unwrap();
    }
}

#[tokio::test]
async fn many_writers_make_one_chain() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let run = run_id(1);
    let log = spool.writer(context(run)).await.unwrap();
    let again = spool.writer(context(run)).await.unwrap();
    tokio::join!(lines(&log, "one", 1500), lines(&again, "two", 1500), lines(&log, "three", 1500));
    log.record(1, vec![state(0, None, State::Applied)]).await.unwrap();
    let file = std::fs::read(spool.path(run)).unwrap();
    assert_eq!(verify_lines(run, &file, &Ending::Ended), []);
    assert_eq!(log.progress().durable_sequence, 4501);
    assert_eq!(log.progress().durable_bytes, file.len() as u64);
}

#[tokio::test]
async fn a_torn_line_is_cut_off_and_the_chain_goes_on() {
    for torn in [r#"{"@timestamp":"2026"#, "\0\0\0\0\n", "{}\n"] {
        let data = tempfile::tempdir().unwrap();
        let run = run_id(1);
        let first = spool(data.path());
        let log = first.writer(context(run)).await.unwrap();
        log.record(7, vec![state(0, None, State::Planning)]).await.unwrap();
        first.close(run).await.unwrap();
        let mut file = std::fs::OpenOptions::new().append(true).open(first.path(run)).unwrap();
        file.write_all(torn.as_bytes()).unwrap();

        let second = spool(data.path());
        let log = second.writer(context(run)).await.unwrap();
        assert_eq!(log.last_event(), 7);
        log.record(8, vec![state(1, None, State::Applied)]).await.unwrap();
        let file = std::fs::read_to_string(second.path(run)).unwrap();
        assert_eq!(verify_lines(run, file.as_bytes(), &Ending::Ended), [], "{torn}");
        assert!(file.lines().nth(1).unwrap().contains("spool-recovered"), "{file}");
        assert_eq!(file.lines().count(), 3);
    }
}

#[tokio::test]
async fn facts_on_record_are_not_recorded_again() {
    let data = tempfile::tempdir().unwrap();
    let run = run_id(1);
    let facts =
        || vec![state(0, Some(unit("one")), State::Planned), state(0, Some(unit("two")), State::Planned)];
    let before = spool(data.path());
    let log = before.writer(context(run)).await.unwrap();
    assert_eq!(log.last_event(), 0);
    log.record(1, vec![state(0, None, State::Planning)]).await.unwrap();
    // A crash between the two facts of event 2.
    log.record(2, facts()[..1].to_vec()).await.unwrap();
    before.close(run).await.unwrap();

    let after = spool(data.path());
    let log = after.writer(context(run)).await.unwrap();
    assert_eq!(log.last_event(), 2);
    log.record(1, vec![state(0, None, State::Planning)]).await.unwrap();
    log.record(2, facts()).await.unwrap();
    log.record(2, facts()).await.unwrap();
    assert_eq!(log.progress().sequence, 3);
    let file = std::fs::read(after.path(run)).unwrap();
    assert_eq!(verify_lines(run, &file, &Ending::Running), []);
}

#[tokio::test]
async fn one_process_writes_a_run() {
    let data = tempfile::tempdir().unwrap();
    let run = run_id(1);
    let (one, two) = (spool(data.path()), spool(data.path()));
    one.writer(context(run)).await.unwrap();
    assert!(matches!(two.writer(context(run)).await, Err(SpoolError::Busy { .. })));
    one.close(run).await.unwrap();
    two.writer(context(run)).await.unwrap();
}

#[tokio::test]
async fn a_log_that_is_opened_or_closed_while_a_fact_is_noted_keeps_both() {
    let data = tempfile::tempdir().unwrap();
    let (spool, run) = (spool(data.path()), run_id(1));
    let note = async || spool.note(context(run), state(0, None, State::Waiting)).await;
    for event in 1..=20 {
        // The note comes first, and is in the middle of it when the log is opened for good; then the other way round.
        let (noted, log) = tokio::join!(note(), spool.writer(context(run)));
        noted.unwrap();
        log.unwrap().record(event, vec![state(0, None, State::Planning)]).await.unwrap();
        let (closed, noted) = tokio::join!(spool.close(run), note());
        closed.and(noted).unwrap();
        assert_eq!(spool.progress(run), None, "what was opened for a note is closed with it");
    }
    let file = std::fs::read_to_string(spool.path(run)).unwrap();
    assert_eq!(verify_lines(run, file.as_bytes(), &Ending::Running), []);
    assert_eq!(file.lines().count(), 60);
}

#[tokio::test]
async fn a_file_that_another_process_is_about_to_let_go_of_is_waited_for() {
    let data = tempfile::tempdir().unwrap();
    let (one, two, run) = (spool(data.path()), spool(data.path()), run_id(1));
    one.writer(context(run)).await.unwrap();
    let (closed, opened) = tokio::join!(
        async {
            // The other has looked by then, and found the file taken.
            tokio::task::yield_now().await;
            one.close(run).await
        },
        two.writer(context(run))
    );
    closed.unwrap();
    opened.unwrap().record(1, vec![state(0, None, State::Planning)]).await.unwrap();
}

#[tokio::test]
async fn a_closed_log_refuses() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let log = spool.writer(context(run_id(1))).await.unwrap();
    lines(&log, "one", 700).await;
    spool.close(run_id(1)).await.unwrap();
    assert!(matches!(log.unit(unit("one")).line(Stream::Stdout, "late").await, Err(SpoolError::Closed)));
    assert_eq!(std::fs::read_to_string(spool.path(run_id(1))).unwrap().lines().count(), 700);
}

#[tokio::test]
async fn a_tail_gives_what_is_there_and_what_comes() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let run = run_id(1);
    let log = spool.writer(context(run)).await.unwrap();
    lines(&log, "one", 3).await;
    log.flush().await.unwrap();
    let mut tail = spool.tail(run, Some(unit("two").unit), 2);
    let follower = tokio::spawn(async move {
        let mut sequences = Vec::new();
        while let Some(document) = tail.next().await.unwrap() {
            sequences.push(document.sequence);
        }
        sequences
    });
    lines(&log, "two", 2).await;
    lines(&log, "one", 1).await;
    lines(&log, "two", 1).await;
    spool.close(run).await.unwrap();
    assert_eq!(follower.await.unwrap(), [4, 5, 7]);

    let mut closed = spool.tail(run, None, 6);
    assert_eq!(closed.next().await.unwrap().unwrap().sequence, 6);
    assert_eq!(closed.next().await.unwrap().unwrap().sequence, 7);
    assert_eq!(closed.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_feed_goes_on_where_it_acknowledged() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    for number in 1..=2 {
        let log = spool.writer(context(run_id(number))).await.unwrap();
        lines(&log, "one", 10).await;
        log.flush().await.unwrap();
    }
    let mut feed = Feed::open(&spool, "test").unwrap();
    let first = feed.next(2000).await.unwrap();
    feed.acknowledge(first.run, first.end).unwrap();
    let unacknowledged = feed.next(1 << 20).await.unwrap();
    assert_eq!(unacknowledged.run, run_id(2));
    assert_eq!(unacknowledged.lines.len(), 10);

    let mut feed = Feed::open(&spool, "test").unwrap();
    let (mut seen, mut runs) = (first.lines.len(), vec![first.run]);
    while let Some(chunk) = feed.poll(1500).unwrap() {
        seen += chunk.lines.len();
        runs.push(chunk.run);
        feed.acknowledge(chunk.run, chunk.end).unwrap();
    }
    assert_eq!((seen, feed.pending()), (20, 0));
    assert_eq!(runs[..3], [run_id(1), run_id(1), run_id(2)]);
}
