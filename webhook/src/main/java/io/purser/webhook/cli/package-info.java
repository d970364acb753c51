/** The commands inject, lint and annotations. */
@NullMarked
package io.purser.webhook.cli;

import org.jspecify.annotations.NullMarked;
