//! Which server the program talks to: one from the build at first, others as the person adds them. Each server has a
//! database of its own, so that nobody's things go to another's server.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hnh_domain::calls::CatalogueInfo;
use hnh_domain::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, State, Url};

use crate::core::CoreSlot;

/// The server of a new installation.
const DEFAULT: &str = match option_env!("HNH_SERVER") {
    Some(address) => address,
    None => "http://127.0.0.1:8000",
};

/// Nobody waits longer to learn that an address answers nothing.
const PATIENCE: Duration = Duration::from_secs(8);

/// A server tells of its catalogue in far less; a stranger may send without end.
const LONGEST_REPLY: usize = 64 << 10;

/// Nobody keeps more servers than this.
const MOST: usize = 20;

/// What is remembered from one start to the next.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Choice {
    /// The server in use, such as `https://hnh.example`.
    current: String,
    /// All that were used, this one included.
    known: Vec<String>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { current: DEFAULT.into(), known: vec![DEFAULT.into()] }
    }
}

/// The choice and the folder it is kept in.
pub(crate) struct Servers {
    folder: PathBuf,
    choice: Mutex<Choice>,
}

/// Why an address cannot be used, by the name that the page has words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Refusal {
    /// It is no address of the web.
    Address,
    /// Nothing answers there.
    Unreachable,
    /// Something answers that is no HnH server.
    Stranger,
    /// This device cannot keep the choice.
    Storage,
}

impl Servers {
    /// Reads the choice; a file that cannot be read counts as none.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn load(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        let kept = fs::read(folder.join("servers.json")).ok();
        let choice = kept.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        Ok(Self { folder, choice: Mutex::new(choice) })
    }

    fn choice(&self) -> Choice {
        self.choice.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The server in use.
    pub(crate) fn current(&self) -> String {
        self.choice().current
    }

    /// The database for the server in use; its folder exists, and is the owner's alone.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(crate) fn database(&self) -> Result<PathBuf, Problem> {
        let name: String =
            self.current().chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let folder = self.folder.join(name);
        let made = fs::create_dir_all(&folder).and_then(|()| for_owner_alone(&folder));
        made.map_err(|e| Problem::new(ProblemCode::Storage).with_detail(e.to_string()))?;
        Ok(folder.join("hnh.db"))
    }

    fn choose(&self, address: &str) -> io::Result<()> {
        let mut choice = self.choice();
        choice.current = address.into();
        if !choice.known.iter().any(|known| known == address) {
            choice.known.push(address.into());
            let surplus = choice.known.len().saturating_sub(MOST);
            choice.known.drain(..surplus);
        }
        // Written beside and moved over: a start in between finds one or the other whole.
        let (file, beside) = (self.folder.join("servers.json"), self.folder.join("servers.json.new"));
        fs::write(&beside, serde_json::to_vec_pretty(&choice)?)?;
        fs::rename(beside, file)?;
        *self.choice.lock().unwrap_or_else(PoisonError::into_inner) = choice;
        Ok(())
    }
}

#[cfg(unix)]
fn for_owner_alone(folder: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn for_owner_alone(_folder: &std::path::Path) -> io::Result<()> {
    Ok(())
}

/// The origin in what a person typed: `hnh.example` is read as `https://hnh.example`.
fn read_address(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&whole).map_err(|_| Refusal::Address)?;
    let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    if !plain || url.host_str().is_none_or(str::is_empty) {
        return Err(Refusal::Address);
    }
    Ok(url.origin().ascii_serialization())
}

/// Whether an HnH server answers at an origin.
async fn check(origin: &str) -> Result<(), Refusal> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build().map_err(|_| Refusal::Unreachable)?;
    let asked = client.get(format!("{origin}/api/v1/catalogue")).send().await;
    let mut reply = asked.map_err(|_| Refusal::Unreachable)?;
    let mut told = Vec::new();
    while let Some(part) = reply.chunk().await.map_err(|_| Refusal::Unreachable)? {
        told.extend_from_slice(&part);
        if told.len() > LONGEST_REPLY {
            return Err(Refusal::Stranger);
        }
    }
    serde_json::from_slice::<CatalogueInfo>(&told).map(drop).map_err(|_| Refusal::Stranger)
}

/// The servers that can be chosen from.
#[tauri::command]
pub(crate) fn servers(servers: State<'_, Servers>) -> Choice {
    servers.choice()
}

/// Talks to another server from now on, if one answers there: `null`, or the reason why not.
#[tauri::command]
pub(crate) async fn use_server(app: AppHandle, address: String) -> Result<(), Refusal> {
    let origin = read_address(&address)?;
    check(&origin).await?;
    let servers = app.state::<Servers>();
    servers.choose(&origin).map_err(|_| Refusal::Storage)?;
    app.state::<CoreSlot>().restart(&app, &servers).map_err(|_| Refusal::Storage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        assert_eq!(read_address(" hnh.example ").unwrap(), "https://hnh.example");
        assert_eq!(read_address("http://127.0.0.1:8000/recipes?q=1").unwrap(), "http://127.0.0.1:8000");
        for nonsense in ["", "https://", "ftp://hnh.example", "https://me:pw@hnh.example", "두 낱말"] {
            assert_eq!(read_address(nonsense).unwrap_err(), Refusal::Address, "{nonsense}");
        }
    }

    #[test]
    fn a_choice_is_there_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let servers = Servers::load(folder.path().to_owned()).unwrap();
        assert_eq!(servers.current(), DEFAULT);
        servers.choose("https://one.example").unwrap();
        let again = Servers::load(folder.path().to_owned()).unwrap();
        assert_eq!(again.current(), "https://one.example");
        assert_eq!(again.choice().known, [DEFAULT, "https://one.example"]);
        assert_ne!(again.database().unwrap(), servers.folder.join("hnh.db"));
        fs::write(folder.path().join("servers.json"), "{ half").unwrap();
        assert_eq!(Servers::load(folder.path().to_owned()).unwrap().current(), DEFAULT);
    }
}
