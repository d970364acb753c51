/** JSON, YAML and TOML: read and written as Go's libraries do, to the byte. */
@NullMarked
package io.purser.agent.template.encode;

import org.jspecify.annotations.NullMarked;
