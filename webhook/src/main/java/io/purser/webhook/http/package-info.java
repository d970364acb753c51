/** The Vert.x servers for admission, health and metrics. */
@NullMarked
package io.purser.webhook.http;

import org.jspecify.annotations.NullMarked;
