//! How much memory `wayleave serve` takes at rest. Bound: 60 MiB.

mod site;

use std::time::Duration;

use site::{Server, Site};

/// What the server may take, in MiB.
const BOUND: f64 = 60.0;
/// Long enough for everything that begins with the server to have begun.
const SETTLE: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let directory = site::directory()?;
    let site = Site { listen: site::free_address()?, ..Site::default() };
    // Nothing is asked of AWS at rest.
    let server = Server::start(directory.path(), &site, "http://127.0.0.1:9").await?;
    tokio::time::sleep(SETTLE).await;
    let (rss, peak) = (
        site::memory(&server.pid().to_string(), "VmRSS")?,
        site::memory(&server.pid().to_string(), "VmHWM")?,
    );
    let row =
        vec![format!("{rss:.1}"), format!("{peak:.1}"), format!("{BOUND:.0}"), format!("{:.2}", rss / BOUND)];
    site::table(
        "wayleave serve at rest",
        &["resident MiB", "peak MiB", "bound MiB", "resident/bound"],
        &[row],
    );
    Ok(())
}
