"""The machines that functions are built from; they know the kernel and not one another."""
