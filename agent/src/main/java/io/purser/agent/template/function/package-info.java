/** The functions a template can call, by theme, each with its Go signature. */
@NullMarked
package io.purser.agent.template.function;

import org.jspecify.annotations.NullMarked;
