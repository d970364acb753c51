/** Kubernetes manifests as files: YAML streams, the pods in them, and patches that leave the rest as it was written. */
@NullMarked
package io.purser.webhook.cli.manifest;

import org.jspecify.annotations.NullMarked;
