use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use aws_sdk_kinesis::types::ShardIteratorType;
use ferrokinesis::store::StoreOptions;
use futures::future::BoxFuture;
use pipeline_core::RunId;
use pipeline_engine::audit::{Ending, Spool, State, Stream};
use pipeline_engine::index::{DeadLetters, Embedded, Index, verify};
use pipeline_engine::kinesis::{Checkpoints, Consumer, Deliver, Delivery, KinesisError, Producer};
use pipeline_engine::ship::{Shipper, Source};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Kinesis, STREAM};
use crate::audit::{context, run_id, spool, state, unit};

const DEADLINE: Duration = Duration::from_secs(120);

async fn write(spool: &Spool, run: RunId, lines: usize, length: usize) {
    let log = spool.writer(context(run)).await.unwrap();
    let unit_log = log.unit(unit("network"));
    for number in 0..lines {
        unit_log.line(Stream::Stdout, format!("line {number} {}", "x".repeat(length))).await.unwrap();
    }
    log.flush().await.unwrap();
}

async fn end(spool: &Spool, run: RunId) {
    let log = spool.writer(context(run)).await.unwrap();
    log.record(log.last_event() + 1, vec![state(0, None, State::Applied)]).await.unwrap();
}

fn consumer(kinesis: &Kinesis, data: &Path) -> Consumer {
    Consumer::new(kinesis.client.clone(), STREAM, Checkpoints::open(data, STREAM).unwrap())
}

async fn embedded(data: &Path) -> (Arc<Embedded>, Shipper) {
    let index = Arc::new(Embedded::open(data).await.unwrap());
    let shipper = Shipper::new(Arc::clone(&index) as Arc<dyn Index>, DeadLetters::new(data));
    (index, shipper)
}

fn start(shipper: &Shipper, source: Source, cancel: &CancellationToken) -> tokio::task::JoinHandle<()> {
    let (shipper, cancel) = (shipper.clone(), cancel.clone());
    tokio::spawn(async move { shipper.run(source, cancel).await.unwrap() })
}

#[tokio::test]
async fn the_embedded_stream_ships_what_is_and_what_comes() {
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let (index, shipper) = embedded(data.path()).await;
    write(&spool, run_id(1), 300, 10).await;
    let cancel = CancellationToken::new();
    let running = start(&shipper, Source::Spool(spool.clone()), &cancel);
    assert_eq!(timeout(DEADLINE, shipper.drained(&spool, run_id(1))).await.unwrap().unwrap(), 300);
    write(&spool, run_id(2), 20, 10).await;
    end(&spool, run_id(1)).await;
    for (run, expected) in [(run_id(1), 301), (run_id(2), 20)] {
        assert_eq!(timeout(DEADLINE, shipper.drained(&spool, run)).await.unwrap().unwrap(), expected);
    }
    assert_eq!(verify(&*index, run_id(1), &Ending::Ended).await.unwrap(), []);
    assert_eq!(shipper.stats().records.load(Ordering::Relaxed), 321);
    cancel.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn throttling_and_a_split_lose_nothing() {
    let options = StoreOptions { enforce_limits: true, ..StoreOptions::default() };
    let kinesis = Kinesis::with_stream(options, 1).await;
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let (index, shipper) = embedded(data.path()).await;
    let cancel = CancellationToken::new();
    let shipping = start(&shipper, Source::Kinesis(consumer(&kinesis, data.path())), &cancel);
    let producer = Producer::new(kinesis.client.clone(), STREAM, &spool).unwrap();
    let sent = producer.stats();
    let producing = tokio::spawn(producer.run(cancel.clone()));

    // More than a second's megabyte, so that the shard refuses some of it.
    write(&spool, run_id(1), 600, 4000).await;
    split(&kinesis).await;
    for number in 2..6 {
        write(&spool, run_id(number), 20, 100).await;
    }
    for number in 1..6 {
        end(&spool, run_id(number)).await;
        timeout(DEADLINE, shipper.drained(&spool, run_id(number))).await.unwrap().unwrap();
        assert_eq!(verify(&*index, run_id(number), &Ending::Ended).await.unwrap(), []);
    }
    assert!(sent.retries.load(Ordering::Relaxed) > 0);
    cancel.cancel();
    shipping.await.unwrap();
    producing.await.unwrap().unwrap();
}

async fn split(kinesis: &Kinesis) {
    let half = u128::MAX / 2;
    let split = kinesis.client.split_shard().stream_name(STREAM).shard_to_split("shardId-000000000000");
    split.new_starting_hash_key(half.to_string()).send().await.unwrap();
    kinesis.active().await;
}

#[tokio::test]
async fn after_a_restart_both_ends_go_on() {
    let kinesis = Kinesis::with_stream(StoreOptions::default(), 2).await;
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let (index, shipper) = embedded(data.path()).await;
    for round in 0..3 {
        write(&spool, run_id(1), 50, 10).await;
        let cancel = CancellationToken::new();
        let producer = Producer::new(kinesis.client.clone(), STREAM, &spool).unwrap();
        let sent = producer.stats();
        let producing = tokio::spawn(producer.run(cancel.clone()));
        let shipping = start(&shipper, Source::Kinesis(consumer(&kinesis, data.path())), &cancel);
        timeout(DEADLINE, shipper.drained(&spool, run_id(1))).await.unwrap().unwrap();
        cancel.cancel();
        producing.await.unwrap().unwrap();
        shipping.await.unwrap();
        assert!(sent.records.load(Ordering::Relaxed) <= 50 * (round + 1));
    }
    assert_eq!(verify(&*index, run_id(1), &Ending::Running).await.unwrap(), []);
    // What was delivered and read was not read again.
    assert_eq!(shipper.stats().records.load(Ordering::Relaxed), 150);
}

#[tokio::test]
async fn what_is_no_record_is_put_aside() {
    let kinesis = Kinesis::with_stream(StoreOptions::default(), 1).await;
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    let (_, shipper) = embedded(data.path()).await;
    let foreign = aws_sdk_kinesis::primitives::Blob::new(b"hello\n\xff".to_vec());
    kinesis.client.put_record().stream_name(STREAM).partition_key("x").data(foreign).send().await.unwrap();
    write(&spool, run_id(1), 5, 10).await;
    let cancel = CancellationToken::new();
    let producer = Producer::new(kinesis.client.clone(), STREAM, &spool).unwrap();
    let producing = tokio::spawn(producer.run(cancel.clone()));
    let shipping = start(&shipper, Source::Kinesis(consumer(&kinesis, data.path())), &cancel);
    timeout(DEADLINE, shipper.drained(&spool, run_id(1))).await.unwrap().unwrap();
    cancel.cancel();
    producing.await.unwrap().unwrap();
    shipping.await.unwrap();
    assert_eq!(shipper.stats().dead_letters.load(Ordering::Relaxed), 2);
    let aside = std::fs::read_to_string(data.path().join("dead-letters.ndjson")).unwrap();
    assert!(aside.lines().next().unwrap().contains(r#""record":"hello""#), "{aside}");
}

/// Refuses the first delivery, then holds one up until the shard's iterators of before it have expired.
struct Slow {
    kinesis: Arc<Kinesis>,
    refused: AtomicBool,
    calls: AtomicUsize,
    got: mpsc::UnboundedSender<Vec<u8>>,
}

impl Deliver for Slow {
    fn deliver(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), KinesisError>> {
        Box::pin(async move {
            if delivery.data.is_empty() {
                return Ok(());
            }
            if !self.refused.swap(true, Ordering::Relaxed) {
                return Err(KinesisError::Busy { doing: "test", reason: "refused".to_owned() });
            }
            if self.calls.fetch_add(1, Ordering::Relaxed) == 0 {
                self.until_iterators_expire().await;
            }
            for data in delivery.data {
                self.got.send(data).unwrap();
            }
            Ok(())
        })
    }
}

impl Slow {
    async fn until_iterators_expire(&self) {
        let client = &self.kinesis.client;
        let request = client.get_shard_iterator().stream_name(STREAM).shard_id("shardId-000000000000");
        let made = request.shard_iterator_type(ShardIteratorType::Latest).send().await.unwrap();
        let iterator = made.shard_iterator().unwrap();
        while let Ok(_alive) = client.get_records().shard_iterator(iterator).send().await {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn an_expired_iterator_is_made_anew_from_the_checkpoint() {
    let options = StoreOptions { iterator_ttl_seconds: 1, ..StoreOptions::default() };
    let kinesis = Arc::new(Kinesis::with_stream(options, 1).await);
    let put = async |data: &[u8]| {
        let data = aws_sdk_kinesis::primitives::Blob::new(data.to_vec());
        kinesis.client.put_record().stream_name(STREAM).partition_key("x").data(data).send().await.unwrap();
    };
    put(b"one").await;
    let data = tempfile::tempdir().unwrap();
    let (got, mut received) = mpsc::unbounded_channel();
    let taker = Slow {
        kinesis: Arc::clone(&kinesis),
        refused: AtomicBool::default(),
        calls: AtomicUsize::default(),
        got,
    };
    let cancel = CancellationToken::new();
    let running = tokio::spawn(consumer(&kinesis, data.path()).run(Arc::new(taker), cancel.clone()));
    assert_eq!(timeout(DEADLINE, received.recv()).await.unwrap().unwrap(), b"one");
    put(b"two").await;
    assert_eq!(timeout(DEADLINE, received.recv()).await.unwrap().unwrap(), b"two");
    cancel.cancel();
    running.await.unwrap().unwrap();
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn a_stream_that_is_not_there_is_said_with_the_remedy() {
    let kinesis = Kinesis::start(StoreOptions::default()).await;
    let data = tempfile::tempdir().unwrap();
    let spool = spool(data.path());
    write(&spool, run_id(1), 1, 1).await;
    let producer = Producer::new(kinesis.client.clone(), STREAM, &spool).unwrap();
    let error = producer.run(CancellationToken::new()).await.unwrap_err();
    insta::assert_snapshot!(error);
    let (_, shipper) = embedded(data.path()).await;
    let source = Source::Kinesis(consumer(&kinesis, data.path()));
    let error = shipper.run(source, CancellationToken::new()).await.unwrap_err();
    assert!(error.to_string().contains("create-stream"), "{error}");
}
