/** Go's values in Java: what a template computes with, and what Go would say of their types, truth and order. */
@NullMarked
package io.purser.agent.template.value;

import org.jspecify.annotations.NullMarked;
