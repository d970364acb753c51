/** What is done after a file has changed: a signal, a command or an HTTP request. */
@NullMarked
package io.purser.agent.notify;

import org.jspecify.annotations.NullMarked;
