/** The commands for certificates: status, issue, rotate, and run, the container beside the webhook. */
@NullMarked
package io.purser.certs.cli;

import org.jspecify.annotations.NullMarked;
