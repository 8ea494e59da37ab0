import { describeFaultTable } from './support/describe-fault-table';

describeFaultTable('rest', 'outages');
