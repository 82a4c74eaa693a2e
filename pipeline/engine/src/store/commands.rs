//! What became of the commands in comments on pull requests.

use std::collections::BTreeSet;

use landing_zone::RepositoryName;
use pipeline_core::{DeliveryId, RunId};
use sqlx::Row;

use super::{Store, StoreError};

/// How many answers are kept in sight: the newest.
const SHOWN: u32 = 3;

/// A command in a comment, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The repository.
    pub repository: RepositoryName,
    /// The pull request's number.
    pub change: u64,
    /// Its newest run then; none: it had no run.
    pub run: Option<RunId>,
    /// Who gave it.
    pub login: String,
    /// The command as it was written.
    pub said: String,
    /// What it is answered, when it was not done; none when it was.
    pub answer: Option<String>,
}

impl Store {
    /// Notes what became of a command, and closes its delivery with it.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn close_command(&self, id: &DeliveryId, command: &Command) -> Result<(), StoreError> {
        let failed = || StoreError::query("note what became of a command");
        let outcome = command.answer.as_deref().unwrap_or("done");
        let mut transaction = self.write.begin_with("BEGIN IMMEDIATE").await.map_err(failed())?;
        sqlx::query(
            "INSERT INTO commands (delivery, repository, change, run, login, said, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT DO NOTHING",
        )
        .bind(id.as_str())
        .bind(command.repository.as_str())
        .bind(number(command.change))
        .bind(text(command.run))
        .bind(&command.login)
        .bind(&command.said)
        .bind(command.answer.as_deref())
        .execute(&mut *transaction)
        .await
        .map_err(failed())?;
        sqlx::query("UPDATE inbox SET outcome = $2 WHERE delivery = $1 AND outcome IS NULL")
            .bind(id.as_str())
            .bind(outcome)
            .execute(&mut *transaction)
            .await
            .map_err(failed())?;
        transaction.commit().await.map_err(failed())
    }

    /// The newest commands on a pull request that were given to this run and not done, oldest first; none after one that was.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn refusals(
        &self,
        repository: &RepositoryName,
        change: u64,
        run: Option<RunId>,
    ) -> Result<Vec<Command>, StoreError> {
        let sql = "SELECT login, said, answer FROM commands WHERE repository = $1 AND change = $2 AND run = $3 ORDER BY place DESC LIMIT $4";
        let query = sqlx::query(sql).bind(repository.as_str().to_owned()).bind(number(change));
        let rows = query.bind(text(run)).bind(SHOWN).fetch_all(&self.read).await;
        let rows = rows.map_err(StoreError::query("read what became of commands"))?;
        let command = |row: &sqlx::sqlite::SqliteRow| Command {
            repository: repository.clone(),
            change,
            run,
            login: row.get(0),
            said: row.get(1),
            answer: row.get(2),
        };
        let mut newest: Vec<Command> =
            rows.iter().map(command).take_while(|command| command.answer.is_some()).collect();
        newest.reverse();
        Ok(newest)
    }

    /// The pull requests with commands since a place, at most `limit` commands further, and the place then. One that was done counts: it
    /// takes away what those before it were answered.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn commands_since(
        &self,
        place: i64,
        limit: u32,
    ) -> Result<(BTreeSet<(RepositoryName, u64)>, i64), StoreError> {
        let rows = sqlx::query(
            "SELECT place, repository, change FROM commands WHERE place > $1 ORDER BY place LIMIT $2",
        )
        .bind(place)
        .bind(limit)
        .fetch_all(&self.read)
        .await
        .map_err(StoreError::query("read what became of commands"))?;
        let mut changes = BTreeSet::new();
        for row in &rows {
            let repository: String = row.get(1);
            let name =
                RepositoryName::parse(&repository).map_err(StoreError::unreadable("a repository's name"))?;
            changes.insert((name, u64::try_from(row.get::<i64, _>(2)).unwrap_or_default()));
        }
        Ok((changes, rows.last().map_or(place, |row| row.get(0))))
    }
}

fn number(change: u64) -> i64 {
    i64::try_from(change).unwrap_or(i64::MAX)
}

/// A run's id, or the empty text.
fn text(run: Option<RunId>) -> String {
    run.map(|run| run.to_string()).unwrap_or_default()
}
