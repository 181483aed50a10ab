"""From the source tree to something installed: environments, reference pages, later the payloads.

The product never imports it.
"""
