/** What an API server does to a pod: names it, fills in defaults, asks the webhook, checks the result, signs its tokens. */
@NullMarked
package io.purser.local.cluster;

import org.jspecify.annotations.NullMarked;
