/** What a template may see of the world: secrets, files, environment and the time, all through one interface. */
@NullMarked
package io.purser.agent.template.source;

import org.jspecify.annotations.NullMarked;
