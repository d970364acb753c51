/** Evaluates a parsed template: control structures, pipelines, fields and calls, within bounds. */
@NullMarked
package io.purser.agent.template.eval;

import org.jspecify.annotations.NullMarked;
