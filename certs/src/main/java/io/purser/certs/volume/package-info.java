/** Hands the serving certificate over to the webhook, as files on a memory volume that both containers mount. */
@NullMarked
package io.purser.certs.volume;

import org.jspecify.annotations.NullMarked;
