/** The serving certificate: its files, the check that key and certificate match, and its reload. */
@NullMarked
package io.purser.webhook.tls;

import org.jspecify.annotations.NullMarked;
