use std::path::Path;

use pipeline_engine::testing::moto::{Moto, MotoError};

#[tokio::test]
async fn it_listens_on_a_port_of_its_own_and_is_gone_after_stop() {
    let (one, two) = tokio::join!(Moto::for_tests(), Moto::for_tests());
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_ne!(one.url(), two.url());
    one.reset().await.unwrap();

    let pid = one.pid().unwrap();
    one.stop().await;
    assert!(!Path::new(&format!("/proc/{pid}")).exists());
}

#[tokio::test]
async fn a_missing_python_is_said() {
    let error = Moto::start(Path::new("/nonexistent/python3")).await.unwrap_err();
    assert!(matches!(error, MotoError::NoPython(_)));
}
