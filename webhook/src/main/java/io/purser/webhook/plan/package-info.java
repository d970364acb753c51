/** What to inject into a pod, or why not. */
@NullMarked
package io.purser.webhook.plan;

import org.jspecify.annotations.NullMarked;
