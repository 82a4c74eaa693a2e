//! A server over a small landing zone.

use std::ops::Deref;

use pipeline_engine::testing::world::{Scene, ZONE};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub(crate) use pipeline_engine::testing::world::RUN;

/// A server that runs until it is dropped.
pub(crate) struct World {
    scene: Scene,
    base: String,
    // Dropping it stops the server.
    _stop: oneshot::Sender<()>,
    _directory: TempDir,
}

impl World {
    /// A server with an empty store.
    pub(crate) async fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let scene = Scene::open(directory.path(), ZONE).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async move {
            let _ = stopped.await;
        };
        tokio::spawn(webhook_server::serve(listener, scene.pipeline.clone(), shutdown));
        Self { scene, base, _stop: stop, _directory: directory }
    }

    /// The server's address.
    pub(crate) fn url(&self) -> &str {
        &self.base
    }
}

impl Deref for World {
    type Target = Scene;

    fn deref(&self) -> &Scene {
        &self.scene
    }
}
