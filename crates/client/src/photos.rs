//! Photos on their way: kept by the device until the server has them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hnh_domain::calls::{AddPhoto, GetPhoto};
use hnh_domain::port::{Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use crate::store::{Store, storage_error};
use crate::{Body, Core, Host, Method};

/// The longest photo, in bytes, as the server takes it.
const MAX_PHOTO: usize = 10 * 1024 * 1024;
/// One that no change came to show is let go after so long, in ms: a day, as on the server.
const UNUSED_MS: i64 = 24 * 3_600_000;

impl Store {
    fn add_photo(&self, id: Uuid, bytes: &[u8], now_ms: i64) -> Result<(), Problem> {
        let sql = "INSERT INTO photo (id, bytes, made_ms) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING";
        self.connection.execute(sql, params![id.to_string(), bytes, now_ms]).map(drop).map_err(storage_error)
    }

    fn photo(&self, id: Uuid) -> Result<Option<Vec<u8>>, Problem> {
        let row =
            self.connection.query_row("SELECT bytes FROM photo WHERE id = ?1", [id.to_string()], |row| row.get(0));
        row.optional().map_err(storage_error)
    }

    fn remove_photo(&self, id: &str) -> Result<(), Problem> {
        self.connection.execute("DELETE FROM photo WHERE id = ?1", [id]).map(drop).map_err(storage_error)
    }

    /// The next photo to send.
    fn next_photo(&self) -> Result<Option<(String, Vec<u8>)>, Problem> {
        let sql = "SELECT id, bytes FROM photo ORDER BY made_ms, id LIMIT 1";
        let row = self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
        row.optional().map_err(storage_error)
    }

    fn drop_unused_photos(&self, now_ms: i64) -> Result<(), Problem> {
        let sql = "DELETE FROM photo WHERE made_ms < ?1
                   AND NOT EXISTS (SELECT 1 FROM outbox WHERE instr(change, photo.id))";
        self.connection.execute(sql, [now_ms - UNUSED_MS]).map(drop).map_err(storage_error)
    }
}

impl<H: Host> Core<H> {
    /// Sends the photos that wait. One that the server refuses for good goes: what shows it is then refused too, and says so.
    pub(crate) async fn send_photos(&self) -> Result<(), Problem> {
        self.store().drop_unused_photos(self.host.now_ms())?;
        loop {
            let next = self.store().next_photo()?;
            let Some((id, bytes)) = next else { return Ok(()) };
            match self.send_body(Method::Put, &format!("/photos/{id}"), Some(Body::File(bytes))).await {
                Ok(_) => {}
                Err(problem) if problem.is_final() => {}
                Err(problem) => return Err(problem),
            }
            self.store().remove_photo(&id)?;
            self.emit(&[Topic::Photos]);
        }
    }
}

impl<H: Host> Handle<AddPhoto> for Core<H> {
    async fn handle(&self, call: AddPhoto) -> Result<Json<()>, Problem> {
        if !self.is_signed_in() {
            return Err(Problem::new(ProblemCode::SignInRequired));
        }
        let bytes = STANDARD.decode(&call.data).map_err(|_| Problem::new(ProblemCode::NotUnderstood))?;
        if bytes.len() > MAX_PHOTO {
            return Err(Problem::new(ProblemCode::TooLarge));
        }
        self.store().add_photo(call.id, &bytes, self.host.now_ms())?;
        self.wake();
        Json::of(&())
    }
}

impl<H: Host> Handle<GetPhoto> for Core<H> {
    async fn handle(&self, call: GetPhoto) -> Result<Json<Option<String>>, Problem> {
        Json::of(&self.store().photo(call.id)?.map(|bytes| STANDARD.encode(bytes)))
    }
}
