//! API tokens: shown once, kept as a hash.

use jiff::Timestamp;
use landing_zone::PersonName;
use rand::TryRngCore;
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{Store, StoreError};

/// What is known of a token: everything but the token.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Token {
    /// Its id, for revoking it.
    pub id: String,
    /// Whose it is.
    pub person: PersonName,
    /// Since when.
    pub created_at: String,
    /// Until when; none: until it is revoked.
    pub expires_at: Option<String>,
    /// Since when it counts no more.
    pub revoked_at: Option<String>,
}

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The system gave no random numbers.
    #[error("the system gave no random numbers for a token")]
    Random(#[source] rand::rand_core::OsError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes a token for a person and answers it; it can never be read again.
    ///
    /// # Errors
    /// [`TokenError`] when there are no random numbers or it cannot be written.
    pub async fn create_token(
        &self,
        person: &PersonName,
        now: Timestamp,
        expires: Option<Timestamp>,
    ) -> Result<String, TokenError> {
        let mut secret = [0_u8; 32];
        rand::rngs::OsRng.try_fill_bytes(&mut secret).map_err(TokenError::Random)?;
        let token = format!("wl_{}", hex::encode(secret));
        let hash = hash(&token);
        sqlx::query(
            "INSERT INTO tokens (hash, id, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&hash)
        .bind(hash.get(..12).unwrap_or(&hash))
        .bind(person.as_str())
        .bind(now.to_string())
        .bind(expires.map(|at| at.to_string()))
        .execute(&self.write)
        .await
        .map_err(StoreError::query("keep a token"))?;
        Ok(token)
    }

    /// Whose token this is, if it counts at this time.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be read.
    pub async fn person_for_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Option<PersonName>, StoreError> {
        let row = sqlx::query("SELECT person, expires_at FROM tokens WHERE hash = $1 AND revoked_at IS NULL")
            .bind(hash(token))
            .fetch_optional(&self.read)
            .await
            .map_err(StoreError::query("read a token"))?;
        let Some(row) = row else { return Ok(None) };
        let (person, expires): (String, Option<String>) = (row.get(0), row.get(1));
        let expired = expires.is_some_and(|text| text.parse::<Timestamp>().is_ok_and(|until| until <= now));
        if expired {
            Ok(None)
        } else {
            PersonName::parse(&person).map(Some).map_err(StoreError::unreadable("a token's person"))
        }
    }

    /// All tokens, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn tokens(&self) -> Result<Vec<Token>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, person, created_at, expires_at, revoked_at FROM tokens ORDER BY created_at DESC",
        )
        .fetch_all(&self.read)
        .await
        .map_err(StoreError::query("list the tokens"))?;
        rows.iter()
            .map(|row| {
                let person: String = row.get(1);
                Ok(Token {
                    id: row.get(0),
                    person: PersonName::parse(&person).map_err(StoreError::unreadable("a token's person"))?,
                    created_at: row.get(2),
                    expires_at: row.get(3),
                    revoked_at: row.get(4),
                })
            })
            .collect()
    }

    /// Revokes a token by its id; answers whether there was one that counted.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written.
    pub async fn revoke_token(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL")
            .bind(id)
            .bind(now.to_string())
            .execute(&self.write)
            .await
            .map_err(StoreError::query("revoke a token"))?;
        Ok(done.rows_affected() > 0)
    }
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
