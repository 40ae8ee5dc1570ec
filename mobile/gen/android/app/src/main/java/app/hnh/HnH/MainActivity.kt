package app.hnh.HnH

import android.content.Intent
import android.net.Uri
import android.os.Bundle
import androidx.activity.enableEdgeToEdge

class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    asLink(intent)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
  }

  override fun onNewIntent(intent: Intent) {
    asLink(intent)
    super.onNewIntent(intent)
  }

  // What another app shares begins a post: the page for it is opened by a link of ours, as a browser's installed app does.
  private fun asLink(intent: Intent?) {
    if (intent?.action != Intent.ACTION_SEND) return
    val text = intent.getStringExtra(Intent.EXTRA_TEXT) ?: return
    val link = Uri.Builder().scheme("hnh").authority("board").appendPath("info").appendPath("new")
      .appendQueryParameter("title", intent.getStringExtra(Intent.EXTRA_SUBJECT).orEmpty().take(200))
      .appendQueryParameter("text", text.take(1500))
    intent.action = Intent.ACTION_VIEW
    intent.data = link.build()
  }
}
