/** Go's fmt: how a value looks when it is printed, and printf with its verbs and flags. */
@NullMarked
package io.purser.agent.template.print;

import org.jspecify.annotations.NullMarked;
