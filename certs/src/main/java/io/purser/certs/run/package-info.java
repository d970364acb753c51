/** The container beside the webhook: looks at the cluster again and again, and does what the rotation says next. */
@NullMarked
package io.purser.certs.run;

import org.jspecify.annotations.NullMarked;
